/// Rectangles and borders of interleaved samples of any type; callers have checked the extents.
enum GridGeometry {
    static func crop<Sample>(
        _ samples: [Sample], rowLength: Int, x: Int, y: Int, width: Int, height: Int
    ) -> [Sample] {
        var result: [Sample] = []
        result.reserveCapacity(width * height)
        for line in y..<(y + height) {
            let start = line * rowLength + x
            result.append(contentsOf: samples[start..<(start + width)])
        }
        return result
    }

    static func pad<Sample>(
        _ samples: [Sample], rowLength: Int, rows: Int, borders: Borders, fill: [Sample]
    ) -> [Sample] {
        let left = repeated(fill, borders.left)
        let right = repeated(fill, borders.right)
        let newLength = left.count + rowLength + right.count
        let pixels = newLength / fill.count
        var result = repeated(fill, borders.top * pixels)
        result.reserveCapacity(newLength * (borders.top + rows + borders.bottom))
        for line in 0..<rows {
            result.append(contentsOf: left)
            result.append(contentsOf: samples[(line * rowLength)..<((line + 1) * rowLength)])
            result.append(contentsOf: right)
        }
        result.append(contentsOf: repeated(fill, borders.bottom * pixels))
        return result
    }

    private static func repeated<Sample>(_ fill: [Sample], _ count: Int) -> [Sample] {
        var result: [Sample] = []
        result.reserveCapacity(fill.count * count)
        for _ in 0..<count { result.append(contentsOf: fill) }
        return result
    }

    /// Refuses a rectangle that is empty or not inside.
    static func checkInside(
        x: Int, y: Int, width: Int, height: Int, of outer: (width: Int, height: Int)
    ) throws(ImageError) {
        guard x >= 0, y >= 0, width > 0, height > 0, width <= outer.width, height <= outer.height,
            x <= outer.width - width, y <= outer.height - height
        else {
            throw ImageError(
                .invalidSize, subject: "picture of \(outer.width)×\(outer.height)",
                reason: "the rectangle of \(width)×\(height) at \(x),\(y) is not inside it",
                remedy: "resize the picture first, or pad it")
        }
    }

    /// Refuses borders that are negative or make too large a picture, and a colour of another number of channels.
    static func check(
        _ borders: Borders, around size: (width: Int, height: Int), channels: Int, fill: Int
    ) throws(ImageError) {
        let limit = Int(Int32.max)
        guard [borders.left, borders.top, borders.right, borders.bottom].allSatisfy({ (0...limit).contains($0) }),
            fill == channels,
            let count = Image.sampleCount(
                borders.left + size.width + borders.right, borders.top + size.height + borders.bottom, channels),
            count <= ResizeLimit.samples
        else {
            throw ImageError(
                .invalidSize, subject: "picture of \(size.width)×\(size.height)",
                reason: "\(borders) in a colour of \(fill) samples do not fit its \(channels) channels")
        }
    }
}
