import Tensors

/// What the marker segments of a JPEG file state before its first scan (ITU-T T.81, annex B).
struct JPEGHeader {
    private(set) var width = 0
    private(set) var height = 0
    private(set) var components = 0
    private(set) var precision = 0
    private(set) var orientation = 1

    init(_ bytes: Bytes, subject: String) throws(ImageError) {
        guard let header = bytes.withUnsafeBytes({ JPEGHeader(walking: $0) }) else {
            throw ImageError(
                .truncated, subject: subject, reason: "the JPEG file ends before it states the size of its picture",
                remedy: "copy or download the file again")
        }
        self = header
    }

    /// Follows the segments up to the frame header; `nil` when the bytes end before it.
    private init?(walking bytes: UnsafeRawBufferPointer) {
        var position = 2
        while position + 4 <= bytes.count {
            guard bytes[position] == 0xFF else {
                position += 1
                continue
            }
            let marker = bytes[position + 1]
            // Fill bytes and markers that have no length.
            if marker == 0xFF || marker == 0 || marker == 0x01 || (0xD0...0xD8).contains(marker) {
                position += marker == 0xFF ? 1 : 2
                continue
            }
            let length = Int(bytes[position + 2]) << 8 | Int(bytes[position + 3])
            let end = position + 2 + length
            guard length >= 2, end <= bytes.count, marker != 0xD9, marker != 0xDA else { return nil }
            let body = UnsafeRawBufferPointer(rebasing: bytes[(position + 4)..<max(position + 4, end)])
            if marker == 0xE1, let stated = ExifOrientation.value(inAPP1: body) { orientation = stated }
            if Self.isFrame(marker) {
                guard body.count >= 6 else { return nil }
                precision = Int(body[0])
                height = Int(body[1]) << 8 | Int(body[2])
                width = Int(body[3]) << 8 | Int(body[4])
                components = Int(body[5])
                return
            }
            position = end
        }
        return nil
    }

    /// True for SOF0 to SOF15; DHT, JPG and DAC share their range.
    private static func isFrame(_ marker: UInt8) -> Bool {
        (0xC0...0xCF).contains(marker) && marker != 0xC4 && marker != 0xC8 && marker != 0xCC
    }

    /// True when an EOI marker follows somewhere.
    static func hasEndMarker(_ bytes: Bytes) -> Bool {
        bytes.withUnsafeBytes { source in
            var position = source.count - 2
            while position >= 2 {
                if source[position] == 0xFF, source[position + 1] == 0xD9 { return true }
                position -= 1
            }
            return false
        }
    }

    /// Refuses what has no agreed conversion to 8-bit RGB.
    func checkSupported(subject: String) throws(ImageError) {
        guard precision == 8 else {
            throw ImageError(
                .unsupported, subject: subject, reason: "its samples have \(precision) bits, and 8 are read",
                remedy: "convert it to 8 bits")
        }
        guard components == 1 || components == 3 else {
            let kind = components == 4 ? "CMYK, whose colours depend on an ink profile" : "\(components) components"
            throw ImageError(
                .unsupported, subject: subject, reason: "it is a JPEG of \(kind)", remedy: "convert it to RGB")
        }
    }
}
