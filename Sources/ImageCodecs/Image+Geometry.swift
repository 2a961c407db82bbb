extension Image {
    /// A rectangle of the picture.
    ///
    /// - Throws: `ImageError` of code `invalidSize` when it is empty or not inside.
    public func cropped(x: Int, y: Int, width: Int, height: Int) throws(ImageError) -> Image {
        guard x >= 0, y >= 0, width > 0, height > 0, width <= self.width, height <= self.height,
            x <= self.width - width, y <= self.height - height
        else {
            throw ImageError(
                .invalidSize, subject: "picture of \(self.width)×\(self.height)",
                reason: "the rectangle of \(width)×\(height) at \(x),\(y) is not inside it",
                remedy: "resize the picture first, or pad it")
        }
        let row = width * channels
        var samples: [UInt8] = []
        samples.reserveCapacity(row * height)
        for line in y..<(y + height) {
            let start = (line * self.width + x) * channels
            samples.append(contentsOf: pixels[start..<(start + row)])
        }
        return Image(checkedWidth: width, height: height, colorOrder: colorOrder, pixels: samples)
    }

    /// The picture with borders of one colour.
    ///
    /// - Parameter fill: one sample a channel, in the picture's own order.
    /// - Throws: `ImageError` of code `invalidSize` when a border is negative, the result too large, or the colour has
    ///   another number of channels.
    public func padded(left: Int, top: Int, right: Int, bottom: Int, fill: [UInt8]) throws(ImageError) -> Image {
        let limit = Int(Int32.max)
        guard [left, top, right, bottom].allSatisfy({ (0...limit).contains($0) }), fill.count == channels,
            let count = Image.sampleCount(left + width + right, top + height + bottom, channels), count <= limit
        else {
            throw ImageError(
                .invalidSize, subject: "picture of \(width)×\(height) \(colorOrder.rawValue)",
                reason:
                    "borders of \(left), \(top), \(right), \(bottom) in a colour of \(fill.count) samples do not fit it"
            )
        }
        let newWidth = left + width + right
        var samples: [UInt8] = []
        samples.reserveCapacity(count)
        func append(pixels count: Int) { for _ in 0..<count { samples.append(contentsOf: fill) } }
        append(pixels: top * newWidth)
        for line in 0..<height {
            append(pixels: left)
            samples.append(contentsOf: pixels[(line * width * channels)..<((line + 1) * width * channels)])
            append(pixels: right)
        }
        append(pixels: bottom * newWidth)
        return Image(
            checkedWidth: newWidth, height: top + height + bottom, colorOrder: colorOrder, pixels: samples)
    }

    /// The picture turned upright according to an EXIF orientation (1 to 8; others leave it as it is).
    public func oriented(_ orientation: Int) -> Image {
        guard (2...8).contains(orientation) else { return self }
        let swapsAxes = orientation >= 5
        let (newWidth, newHeight) = swapsAxes ? (height, width) : (width, height)
        // 2 and 3 mirror left to right, 3 and 4 top to bottom; 5 to 8 do the like after transposing.
        let mirrorsX = [2, 3, 7, 8].contains(orientation)
        let mirrorsY = [3, 4, 6, 7].contains(orientation)
        var samples = [UInt8](repeating: 0, count: pixels.count)
        samples.withUnsafeMutableBufferPointer { target in
            pixels.withUnsafeBufferPointer { source in
                for y in 0..<newHeight {
                    for x in 0..<newWidth {
                        let (a, b) = swapsAxes ? (y, x) : (x, y)
                        let column = mirrorsX ? width - 1 - a : a
                        let row = mirrorsY ? height - 1 - b : b
                        for channel in 0..<channels {
                            target[(y * newWidth + x) * channels + channel] =
                                source[(row * width + column) * channels + channel]
                        }
                    }
                }
            }
        }
        return Image(checkedWidth: newWidth, height: newHeight, colorOrder: colorOrder, pixels: samples)
    }
}
