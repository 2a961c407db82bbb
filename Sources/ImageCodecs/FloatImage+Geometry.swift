extension FloatImage {
    /// A rectangle of the picture.
    ///
    /// - Throws: `ImageError` of code `invalidSize` when it is empty or not inside.
    public func cropped(x: Int, y: Int, width: Int, height: Int) throws(ImageError) -> FloatImage {
        try GridGeometry.checkInside(x: x, y: y, width: width, height: height, of: (self.width, self.height))
        let result = GridGeometry.crop(
            samples, rowLength: self.width * channels, x: x * channels, y: y, width: width * channels, height: height)
        return FloatImage(checkedWidth: width, height: height, colorOrder: colorOrder, samples: result)
    }

    /// The picture with borders of one colour.
    ///
    /// - Parameter fill: one sample a channel, in the picture's own order.
    /// - Throws: `ImageError` of code `invalidSize` when a border is negative, the result too large, or the colour has
    ///   another number of channels.
    public func padded(_ borders: Borders, fill: [Float]) throws(ImageError) -> FloatImage {
        try GridGeometry.check(borders, around: (width, height), channels: channels, fill: fill.count)
        let result = GridGeometry.pad(
            samples, rowLength: width * channels, rows: height, borders: borders, fill: fill)
        return FloatImage(
            checkedWidth: borders.left + width + borders.right, height: borders.top + height + borders.bottom,
            colorOrder: colorOrder, samples: result)
    }
}
