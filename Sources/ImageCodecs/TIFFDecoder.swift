import Tensors

/// Baseline TIFF (Adobe, "TIFF Revision 6.0"): the first picture of a file in strips, without compression or in PackBits,
/// of bits, grays, numbered colours or RGB of 8 bits a sample.
struct TIFFDecoder {
    static let signatures: [[UInt8]] = [[0x49, 0x49, 0x2A, 0x00], [0x4D, 0x4D, 0x00, 0x2A]]

    private var file: PictureBytes
    private var entries: [Int: [Int]] = [:]
    private let width: Int
    private let height: Int
    private let samples: Int
    private let depth: Int

    init(_ bytes: Bytes, limits: DecodeLimits, subject: String) throws(ImageError) {
        var file = PictureBytes(bytes, subject: subject)
        file.isBigEndian = try file.byte(0) == 0x4D
        let entries = try Self.directory(file)
        func value(_ tag: Int, _ fallback: Int) -> Int { entries[tag]?.first ?? fallback }
        (width, height) = (value(256, 0), value(257, 0))
        try limits.check(width: width, height: height, subject: subject)
        samples = value(277, 1)
        depth = value(258, 1)
        self.file = file
        self.entries = entries
        guard entries[322] == nil, entries[273] != nil, value(284, 1) == 1 || samples == 1, value(266, 1) == 1 else {
            throw file.unsupported("it is a TIFF file of tiles or separate planes")
        }
        guard (1...6).contains(samples), (entries[258] ?? [1]).allSatisfy({ $0 == depth }),
            depth == 8 || samples == 1 && [1, 2, 4].contains(depth), value(339, 1) == 1
        else { throw file.unsupported("it is a TIFF file of \(samples) samples of \(depth) bits") }
    }

    /// The integers of each entry of the first directory, by tag.
    private static func directory(_ file: PictureBytes) throws(ImageError) -> [Int: [Int]] {
        let start = try file.long(4)
        var entries: [Int: [Int]] = [:]
        for index in 0..<(try file.short(start)) {
            let entry = start + 2 + index * 12
            let (tag, type, count) = (try file.short(entry), try file.short(entry + 2), try file.long(entry + 4))
            // Bytes, shorts and longs; no other type matters here.
            guard let size = [1: 1, 3: 2, 4: 4][type] else { continue }
            let place = size * count <= 4 ? entry + 8 : try file.long(entry + 8)
            _ = try file.part(place, count: size * count)
            var values: [Int] = []
            for item in 0..<count {
                let at = place + item * size
                values.append(size == 1 ? try file.byte(at) : size == 2 ? try file.short(at) : try file.long(at))
            }
            entries[tag] = values
        }
        return entries
    }

    /// The picture as gray or RGB, as the file holds it; transparency is dropped.
    func decode() throws(ImageError) -> Image {
        let numbers = try unpacked()
        let kind = entries[262]?.first ?? 1
        switch (kind, samples) {
        case (0, 1), (1, 1), (0, 2), (1, 2):
            let top = (1 << depth) - 1
            let grays = stride(from: 0, to: numbers.count, by: samples).map { index in
                let gray = Int(numbers[index]) * 255 / top
                return UInt8(kind == 0 ? 255 - gray : gray)
            }
            return Image(checkedWidth: width, height: height, colorOrder: .gray, pixels: grays)
        case (2, 3...):
            var pixels: [UInt8] = []
            pixels.reserveCapacity(width * height * 3)
            for start in stride(from: 0, to: numbers.count, by: samples) { pixels += numbers[start..<start + 3] }
            return Image(checkedWidth: width, height: height, colorOrder: .rgb, pixels: pixels)
        case (3, 1):
            let pixels = try colorTable().pixels(numbers)
            return Image(checkedWidth: width, height: height, colorOrder: .rgb, pixels: pixels)
        default: throw file.unsupported("it is a TIFF file of photometric interpretation \(kind)")
        }
    }

    /// All reds, then all greens, then all blues, of 16 bits.
    private func colorTable() throws(ImageError) -> ColorTable {
        let values = entries[320] ?? []
        let count = 1 << depth
        guard values.count == 3 * count else { throw file.malformed("its table has \(values.count) values") }
        let bytes = values.map { UInt8(truncatingIfNeeded: $0 >> 8) }
        return ColorTable(colors: (0..<count).map { (bytes[$0], bytes[count + $0], bytes[2 * count + $0]) })
    }

    /// The samples of all rows, one a byte.
    private func unpacked() throws(ImageError) -> [UInt8] {
        let stride = (width * samples * depth + 7) / 8
        let rows = max(1, entries[278]?.first ?? height)
        let (offsets, counts) = (entries[273] ?? [], entries[279])
        guard offsets.count == (height + rows - 1) / rows, counts == nil || counts?.count == offsets.count else {
            throw file.malformed("its strips do not make up its rows")
        }
        var result: [UInt8] = []
        result.reserveCapacity(width * samples * height)
        for (strip, offset) in offsets.enumerated() {
            let count = min(rows, height - strip * rows)
            let bytes = try storedBytes(offset, stored: counts?[strip], size: count * stride)
            for row in 0..<count {
                let start = bytes.startIndex + row * stride
                result += PackedSamples.unpack(bytes[start..<start + stride], width: depth, count: width * samples)
            }
        }
        return result
    }

    /// The bytes of a strip.
    private func storedBytes(_ offset: Int, stored: Int?, size: Int) throws(ImageError) -> ArraySlice<UInt8> {
        switch entries[259]?.first ?? 1 {
        case 1: return try file.part(offset, count: size)
        case 32773:
            guard let stored else { throw file.malformed("its strips have no lengths") }
            return try unpackedBits(try file.part(offset, count: stored), size: size)
        case let compression: throw file.unsupported("it is a TIFF file of compression \(compression)")
        }
    }

    /// PackBits: runs of one byte, and bytes as they stand (TIFF 6.0, section 9).
    private func unpackedBits(_ bytes: ArraySlice<UInt8>, size: Int) throws(ImageError) -> ArraySlice<UInt8> {
        var result: [UInt8] = []
        result.reserveCapacity(size)
        var position = bytes.startIndex
        while result.count < size {
            guard position + 1 < bytes.endIndex else { throw file.truncated }
            let count = Int(Int8(bitPattern: bytes[position]))
            position += 1
            if count >= 0 {
                guard position + count < bytes.endIndex else { throw file.truncated }
                result += bytes[position...position + count]
                position += count + 1
            } else if count > -128 {
                result += [UInt8](repeating: bytes[position], count: 1 - count)
                position += 1
            }
        }
        return result[..<size]
    }
}
