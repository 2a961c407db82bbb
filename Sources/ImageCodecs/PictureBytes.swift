import Tensors

/// The bytes of a picture file, read at stated places in a stated byte order.
struct PictureBytes {
    let bytes: [UInt8]
    var isBigEndian = false
    private let subject: String

    init(_ bytes: Bytes, subject: String) {
        self.bytes = bytes.array
        self.subject = subject
    }

    /// - Throws: `ImageError` of code `truncated` where the file ends before the place.
    func byte(_ place: Int) throws(ImageError) -> Int {
        guard place >= 0, place < bytes.count else { throw truncated }
        return Int(bytes[place])
    }

    /// An unsigned integer of two bytes.
    func short(_ place: Int) throws(ImageError) -> Int {
        let (first, second) = (try byte(place), try byte(place + 1))
        return isBigEndian ? first << 8 | second : second << 8 | first
    }

    /// An unsigned integer of four bytes.
    func long(_ place: Int) throws(ImageError) -> Int {
        let (first, second) = (try short(place), try short(place + 2))
        return isBigEndian ? first << 16 | second : second << 16 | first
    }

    /// A part of the file.
    ///
    /// - Throws: `ImageError` of code `truncated` where the file ends before the part does.
    func part(_ start: Int, count: Int) throws(ImageError) -> ArraySlice<UInt8> {
        guard start >= 0, count >= 0, start <= bytes.count, count <= bytes.count - start else { throw truncated }
        return bytes[start..<start + count]
    }

    var truncated: ImageError {
        ImageError(
            .truncated, subject: subject, reason: "the file ends before its picture does",
            remedy: "copy or download the file again")
    }

    func malformed(_ reason: String) -> ImageError { ImageError(.malformed, subject: subject, reason: reason) }

    func unsupported(_ reason: String) -> ImageError {
        ImageError(.unsupported, subject: subject, reason: reason, remedy: "convert it to PNG")
    }
}
