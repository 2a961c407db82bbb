/// What a decoder refuses before it allocates anything: a small file can claim a picture of any size.
public struct DecodeLimits: Sendable, Hashable, Codable {
    /// The most pixels (width × height) that are decoded.
    public var maxPixels: Int

    /// 89,478,485 pixels, above which Pillow warns of a decompression bomb: a quarter of a GiB as RGB.
    public static let standard = DecodeLimits(maxPixels: 89_478_485)

    /// Makes limits.
    public init(maxPixels: Int) { self.maxPixels = maxPixels }

    func check(width: Int, height: Int, subject: String) throws(ImageError) {
        guard width > 0, height > 0 else {
            throw ImageError(.malformed, subject: subject, reason: "it claims a size of \(width)×\(height) pixels")
        }
        let (pixels, overflow) = width.multipliedReportingOverflow(by: height)
        guard !overflow, pixels <= maxPixels else {
            throw ImageError(
                .tooLarge, subject: subject, reason: "its \(width)×\(height) pixels exceed the limit of \(maxPixels)",
                remedy: "raise the limit of the decode step, or shrink the picture")
        }
    }
}
