extension Image {
    /// A rectangle of the picture.
    ///
    /// - Throws: `ImageError` of code `invalidSize` when it is empty or not inside.
    public func cropped(x: Int, y: Int, width: Int, height: Int) throws(ImageError) -> Image {
        try GridGeometry.checkInside(x: x, y: y, width: width, height: height, of: (self.width, self.height))
        let result = GridGeometry.crop(
            pixels, rowLength: self.width * channels, x: x * channels, y: y, width: width * channels, height: height)
        return Image(checkedWidth: width, height: height, colorOrder: colorOrder, pixels: result)
    }

    /// The picture with borders of one colour.
    ///
    /// - Parameter fill: one sample a channel, in the picture's own order.
    /// - Throws: `ImageError` of code `invalidSize` when a border is negative, the result too large, or the colour has
    ///   another number of channels.
    public func padded(_ borders: Borders, fill: [UInt8]) throws(ImageError) -> Image {
        try GridGeometry.check(borders, around: (width, height), channels: channels, fill: fill.count)
        let result = GridGeometry.pad(
            pixels, rowLength: width * channels, rows: height, borders: borders, fill: fill)
        return Image(
            checkedWidth: borders.left + width + borders.right, height: borders.top + height + borders.bottom,
            colorOrder: colorOrder, pixels: result)
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
