/// OpenCV's 8-bit resizing (`imgproc/resize.cpp`) in its fixed point.
enum OpenCVResampling {
    static func linear(_ image: Image, width: Int, height: Int) -> Image {
        // An exact halving of both axes is handed to the area filter.
        if image.width == 2 * width, image.height == 2 * height { return area(image, width: width, height: height) }
        return separable(
            image, columns: OpenCVTaps(linearFrom: image.width, to: width),
            rows: OpenCVTaps(linearFrom: image.height, to: height), width: width, height: height)
    }

    static func cubic(_ image: Image, width: Int, height: Int) -> Image {
        separable(
            image, columns: OpenCVTaps(cubicFrom: image.width, to: width),
            rows: OpenCVTaps(cubicFrom: image.height, to: height), width: width, height: height)
    }

    static func area(_ image: Image, width: Int, height: Int) -> Image {
        guard image.width >= width, image.height >= height else {
            return separable(
                image, columns: OpenCVTaps(areaFrom: image.width, to: width),
                rows: OpenCVTaps(areaFrom: image.height, to: height), width: width, height: height)
        }
        if image.width % width == 0, image.height % height == 0 {
            return OpenCVArea.wholeBlocks(image, width: width, height: height)
        }
        return OpenCVArea.fractions(image, width: width, height: height)
    }

    /// Weighted sums along rows, kept in 32 bits, then along columns.
    private static func separable(
        _ image: Image, columns: OpenCVTaps, rows: OpenCVTaps, width: Int, height: Int
    ) -> Image {
        let channels = image.channels
        let row = width * channels
        let lines = alongRows(image, columns, row: row)
        let count = row * height
        let samples = [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
            lines.withUnsafeBufferPointer { lines in
                for y in 0..<height {
                    let to = UnsafeMutableBufferPointer(rebasing: target[(y * row)..<((y + 1) * row)])
                    if rows.taps == 2 { blendTwo(lines, rows, y, to) } else { blendFour(lines, rows, y, to) }
                }
            }
            initialized = count
        }
        return Image(checkedWidth: width, height: height, colorOrder: image.colorOrder, pixels: samples)
    }

    private static func alongRows(_ image: Image, _ columns: OpenCVTaps, row: Int) -> [Int32] {
        let (channels, taps) = (image.channels, columns.taps)
        let count = row * image.height
        return [Int32](unsafeUninitializedCapacity: count) { target, initialized in
            image.pixels.withUnsafeBufferPointer { source in
                for y in 0..<image.height {
                    let line = y * image.width * channels
                    for x in 0..<(row / channels) {
                        for channel in 0..<channels {
                            var sum: Int32 = 0
                            for tap in (x * taps)..<((x + 1) * taps) {
                                let sample = source[line + columns.positions[tap] * channels + channel]
                                sum &+= Int32(sample) &* columns.weights[tap]
                            }
                            target[y * row + x * channels + channel] = sum
                        }
                    }
                }
            }
            initialized = count
        }
    }

    /// OpenCV drops low bits before each product, so that its vector code can use 16-bit multiplication.
    private static func blendTwo(
        _ lines: UnsafeBufferPointer<Int32>, _ rows: OpenCVTaps, _ y: Int, _ target: UnsafeMutableBufferPointer<UInt8>
    ) {
        let (first, second) = (rows.weights[2 * y], rows.weights[2 * y + 1])
        let upper = rows.positions[2 * y] * target.count
        let lower = rows.positions[2 * y + 1] * target.count
        for x in 0..<target.count {
            let sum = (first &* (lines[upper + x] >> 4)) >> 16 &+ (second &* (lines[lower + x] >> 4)) >> 16
            target[x] = UInt8(truncatingIfNeeded: min(max((sum &+ 2) >> 2, 0), 255))
        }
    }

    private static func blendFour(
        _ lines: UnsafeBufferPointer<Int32>, _ rows: OpenCVTaps, _ y: Int, _ target: UnsafeMutableBufferPointer<UInt8>
    ) {
        let shift = Int32(2 * OpenCVTaps.precision)
        for x in 0..<target.count {
            var sum: Int32 = 1 << (shift - 1)
            for tap in (4 * y)..<(4 * y + 4) {
                sum &+= lines[rows.positions[tap] * target.count + x] &* rows.weights[tap]
            }
            target[x] = UInt8(truncatingIfNeeded: min(max(sum >> shift, 0), 255))
        }
    }
}
