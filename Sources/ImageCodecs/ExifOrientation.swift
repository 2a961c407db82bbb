/// The orientation tag (274) of EXIF data: a TIFF header and its first directory (Exif 2.3, section 4.6).
enum ExifOrientation {
    /// Reads the tag from the body of a JPEG APP1 segment.
    static func value(inAPP1 body: UnsafeRawBufferPointer) -> Int? {
        guard body.starts(with: [0x45, 0x78, 0x69, 0x66, 0, 0]) else { return nil }
        return value(inTIFF: UnsafeRawBufferPointer(rebasing: body[6...]))
    }

    /// Reads the tag from a TIFF structure, as PNG's eXIf chunk holds it; `nil` when absent or not 1 to 8.
    static func value(inTIFF body: UnsafeRawBufferPointer) -> Int? {
        guard body.count >= 8 else { return nil }
        let isLittle = body.starts(with: [0x49, 0x49, 42, 0])
        guard isLittle || body.starts(with: [0x4D, 0x4D, 0, 42]) else { return nil }
        func word(_ at: Int) -> Int? {
            guard at >= 0, at + 2 <= body.count else { return nil }
            let (first, second) = (Int(body[at]), Int(body[at + 1]))
            return isLittle ? second << 8 | first : first << 8 | second
        }
        func long(_ at: Int) -> Int? {
            guard let first = word(at), let second = word(at + 2) else { return nil }
            return isLittle ? second << 16 | first : first << 16 | second
        }
        guard let directory = long(4), let count = word(directory) else { return nil }
        for entry in 0..<count {
            let at = directory + 2 + entry * 12
            guard let tag = word(at) else { return nil }
            // Type 3 (SHORT), whose single value stands at the front of the value field.
            guard tag == 274, word(at + 2) == 3, let value = word(at + 8) else { continue }
            return (1...8).contains(value) ? value : nil
        }
        return nil
    }
}
