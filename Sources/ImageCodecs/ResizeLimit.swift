/// The largest picture that resizing makes: a spec with a wrong number must not take the machine's memory.
enum ResizeLimit {
    static let samples = 1 << 30

    static func check(width: Int, height: Int, channels: Int) throws(ImageError) {
        guard let count = Image.sampleCount(width, height, channels), count <= samples else {
            throw ImageError(
                .invalidSize, subject: "size \(width)×\(height)",
                reason: "a picture has at least 1×1 pixels and at most \(samples) samples",
                remedy: "state width and height in pixels")
        }
    }
}
