import Tensors

/// Portable bitmaps, graymaps and pixmaps, as text (P1, P2, P3) and as bytes (P4, P5, P6), of up to 8 bits a sample
/// (netpbm.sourceforge.net/doc).
struct PNMDecoder {
    private var file: PictureBytes
    private var position = 2
    private let kind: Int
    private var width = 0
    private var height = 0
    private var largest = 1

    /// True where a file starts as one of these does: `P`, a digit of 1 to 6, white space.
    static func isSignature(_ start: [UInt8]) -> Bool {
        start.count >= 3 && start[0] == 0x50 && (0x31...0x36).contains(start[1]) && isSpace(start[2])
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    init(_ bytes: Bytes, limits: DecodeLimits, subject: String) throws(ImageError) {
        file = PictureBytes(bytes, subject: subject)
        kind = try file.byte(1) - 0x30
        width = try number()
        height = try number()
        try limits.check(width: width, height: height, subject: subject)
        if kind != 1, kind != 4 { largest = try number() }
        guard largest > 0, largest < 65536 else { throw file.malformed("its largest sample is \(largest)") }
        guard largest < 256 else { throw file.unsupported("its samples have more than 8 bits") }
    }

    /// The picture as gray or RGB, as the file holds it.
    mutating func decode() throws(ImageError) -> Image {
        let order: ColorOrder = kind == 3 || kind == 6 ? .rgb : .gray
        let count = width * height * order.channels
        var samples: [UInt8]
        switch kind {
        case 1: samples = try bits(count)
        case 4: samples = try packedBits()
        case 2, 3: samples = try numbers(count)
        default: samples = Array(try file.part(position + 1, count: count))
        }
        if kind == 1 || kind == 4 {
            // A bitmap's 1 is black.
            samples = samples.map { $0 == 0 ? 255 : 0 }
        } else if largest != 255 {
            let scale = (0...255).map { sample in
                UInt8(min(255, (Double(sample) / Double(largest) * 255).rounded(.toNearestOrEven)))
            }
            samples = samples.map { scale[Int($0)] }
        }
        return Image(checkedWidth: width, height: height, colorOrder: order, pixels: samples)
    }

    /// Steps over white space and comments.
    private mutating func skipSpace() throws(ImageError) {
        while true {
            let byte = UInt8(try file.byte(position))
            if byte == 0x23 {
                while try file.byte(position) != 0x0A { position += 1 }
            } else if !Self.isSpace(byte) {
                return
            }
            position += 1
        }
    }

    private mutating func number() throws(ImageError) -> Int {
        try skipSpace()
        var value = 0
        var count = 0
        while position < file.bytes.count, (0x30...0x39).contains(file.bytes[position]), count < 10 {
            value = value * 10 + Int(file.bytes[position]) - 0x30
            position += 1
            count += 1
        }
        guard count > 0 else { throw file.malformed("a number is missing at byte \(position)") }
        return value
    }

    private mutating func numbers(_ count: Int) throws(ImageError) -> [UInt8] {
        var samples: [UInt8] = []
        for _ in 0..<count {
            let value = try number()
            guard value <= largest else { throw file.malformed("a sample is \(value), above \(largest)") }
            samples.append(UInt8(value))
        }
        return samples
    }

    private mutating func bits(_ count: Int) throws(ImageError) -> [UInt8] {
        var samples: [UInt8] = []
        for _ in 0..<count {
            try skipSpace()
            let digit = try file.byte(position)
            guard digit == 0x30 || digit == 0x31 else { throw file.malformed("a bit is neither 0 nor 1") }
            samples.append(UInt8(digit - 0x30))
            position += 1
        }
        return samples
    }

    private func packedBits() throws(ImageError) -> [UInt8] {
        let stride = (width + 7) / 8
        var samples: [UInt8] = []
        for row in 0..<height {
            let bytes = try file.part(position + 1 + row * stride, count: stride)
            samples += PackedSamples.unpack(bytes, width: 1, count: width)
        }
        return samples
    }
}
