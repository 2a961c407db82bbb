/// OpenCV's 8-bit resizing (`imgproc/resize.cpp`) in its fixed point.
enum OpenCVResampling {
    static func linear(_ image: Image, width: Int, height: Int) -> Image {
        // An exact halving of both axes is handed to the area filter.
        if image.width == 2 * width, image.height == 2 * height { return area(image, width: width, height: height) }
        return separable(
            image, columns: OpenCVTaps(linearFrom: image.width, to: width, clampsWeights: true),
            rows: OpenCVTaps(linearFrom: image.height, to: height, clampsWeights: false), width: width, height: height)
    }

    static func area(_ image: Image, width: Int, height: Int) -> Image {
        guard image.width >= width, image.height >= height else {
            return separable(
                image, columns: OpenCVTaps(areaFrom: image.width, to: width, clampsWeights: true),
                rows: OpenCVTaps(areaFrom: image.height, to: height, clampsWeights: false), width: width, height: height
            )
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
                    blend(lines, rows, y, to)
                }
            }
            initialized = count
        }
        return Image(checkedWidth: width, height: height, colorOrder: image.colorOrder, pixels: samples)
    }

    private static func alongRows(_ image: Image, _ columns: OpenCVTaps, row: Int) -> [Int32] {
        let channels = image.channels
        let count = row * image.height
        return [Int32](unsafeUninitializedCapacity: count) { target, initialized in
            image.pixels.withUnsafeBufferPointer { source in
                for y in 0..<image.height {
                    let line = y * image.width * channels
                    for x in 0..<(row / channels) {
                        let (left, right) = (
                            columns.positions[2 * x] * channels, columns.positions[2 * x + 1] * channels
                        )
                        let (first, second) = (columns.weights[2 * x], columns.weights[2 * x + 1])
                        for channel in 0..<channels {
                            target[y * row + x * channels + channel] =
                                Int32(source[line + left + channel]) &* first
                                &+ Int32(source[line + right + channel]) &* second
                        }
                    }
                }
            }
            initialized = count
        }
    }

    /// OpenCV drops low bits before each product, so that its vector code can use 16-bit multiplication.
    private static func blend(
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
}
