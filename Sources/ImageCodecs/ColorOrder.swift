/// What the channels of a picture are, in the order in which they lie in memory.
public enum ColorOrder: String, Sendable, Hashable, Codable, CaseIterable {
    /// One channel: luma.
    case gray
    /// Red, green, blue.
    case rgb = "RGB"
    /// Blue, green, red, as OpenCV and Caffe hold them.
    case bgr = "BGR"

    /// The number of channels.
    public var channels: Int { self == .gray ? 1 : 3 }
}
