import Tensors

/// Device-independent bitmaps without compression (Microsoft, "Bitmap Storage"): 1, 4 and 8 bits with a table of colours,
/// 16, 24 and 32 bits with or without masks.
struct BMPDecoder {
    static let signature: [UInt8] = [0x42, 0x4D]

    private let file: PictureBytes
    private let width: Int
    private let height: Int
    private let isTopDown: Bool
    private let depth: Int
    private let compression: Int
    private let headerSize: Int
    private let pixelStart: Int

    init(_ bytes: Bytes, limits: DecodeLimits, subject: String) throws(ImageError) {
        file = PictureBytes(bytes, subject: subject)
        pixelStart = try file.long(10)
        headerSize = try file.long(14)
        if headerSize == 12 {
            (width, height, isTopDown) = (try file.short(18), try file.short(20), false)
            (depth, compression) = (try file.short(24), 0)
        } else {
            guard headerSize >= 40 else { throw file.malformed("its header has \(headerSize) bytes") }
            width = try file.long(18)
            let rows = Int(Int32(truncatingIfNeeded: try file.long(22)))
            (height, isTopDown) = (abs(rows), rows < 0)
            (depth, compression) = (try file.short(28), try file.long(30))
        }
        try limits.check(width: width, height: height, subject: subject)
    }

    /// The picture as RGB, or as gray where it is held so.
    func decode() throws(ImageError) -> Image {
        switch (depth, compression) {
        case (1, 0), (4, 0), (8, 0): return try numbered()
        case (24, 0):
            return try colored { (row, column) in (row[column * 3 + 2], row[column * 3 + 1], row[column * 3]) }
        case (32, 0):
            return try colored { (row, column) in (row[column * 4 + 2], row[column * 4 + 1], row[column * 4]) }
        case (16, 0): return try masked([0x7C00, 0x3E0, 0x1F])
        case (16, 3), (32, 3), (16, 6), (32, 6):
            return try masked([try file.long(54), try file.long(58), try file.long(62)])
        default: throw file.unsupported("it is a bitmap of \(depth) bits with compression \(compression)")
        }
    }

    /// Rows from the top; each starts at a multiple of four bytes.
    private func rows() throws(ImageError) -> [ArraySlice<UInt8>] {
        let stride = (width * depth + 31) / 32 * 4
        var rows: [ArraySlice<UInt8>] = []
        for row in 0..<height {
            let place = isTopDown ? row : height - 1 - row
            rows.append(try file.part(pixelStart + place * stride, count: stride))
        }
        return rows
    }

    private func numbered() throws(ImageError) -> Image {
        let table = try colorTable()
        var numbers: [UInt8] = []
        numbers.reserveCapacity(width * height)
        for row in try rows() { numbers += PackedSamples.unpack(row, width: depth, count: width) }
        let pixels = table.pixels(numbers)
        return Image(checkedWidth: width, height: height, colorOrder: .rgb, pixels: pixels)
    }

    private func colorTable() throws(ImageError) -> ColorTable {
        let entry = headerSize == 12 ? 3 : 4
        let stated = headerSize == 12 ? 0 : try file.long(46)
        let count = stated == 0 ? 1 << depth : stated
        guard count <= 256 else { throw file.malformed("its table has \(count) colours") }
        var colors: [(UInt8, UInt8, UInt8)] = []
        for index in 0..<count {
            let place = 14 + headerSize + index * entry
            let color = Array(try file.part(place, count: 3))
            colors.append((color[2], color[1], color[0]))
        }
        return ColorTable(colors: colors)
    }

    private func colored(
        _ color: (_ row: [UInt8], _ column: Int) -> (UInt8, UInt8, UInt8)
    ) throws(ImageError) -> Image {
        var pixels: [UInt8] = []
        pixels.reserveCapacity(width * height * 3)
        for row in try rows() {
            let row = Array(row)
            for column in 0..<width {
                let (red, green, blue) = color(row, column)
                pixels.append(red)
                pixels.append(green)
                pixels.append(blue)
            }
        }
        return Image(checkedWidth: width, height: height, colorOrder: .rgb, pixels: pixels)
    }

    /// Colours whose channels stand where masks say; each is stretched to 0 … 255.
    private func masked(_ masks: [Int]) throws(ImageError) -> Image {
        guard masks.allSatisfy({ $0 > 0 && $0 < 1 << depth }) else { throw file.malformed("its masks are \(masks)") }
        let shifts = masks.map(\.trailingZeroBitCount)
        let largest = zip(masks, shifts).map { $0 >> $1 }
        guard largest.allSatisfy({ $0 & ($0 + 1) == 0 }) else { throw file.malformed("its masks are \(masks)") }
        let size = depth / 8
        return try colored { row, column in
            var word = 0
            for byte in (0..<size).reversed() { word = word << 8 | Int(row[column * size + byte]) }
            let channels = (0..<3).map { UInt8(((word & masks[$0]) >> shifts[$0]) * 255 / largest[$0]) }
            return (channels[0], channels[1], channels[2])
        }
    }
}
