/// A sound: samples of one or more channels at a rate.
public struct AudioClip: Sendable, Hashable {
    /// Samples a second of each channel.
    public let sampleRate: Int
    /// The samples of each channel, between −1 and 1 where the file held integers.
    public let channels: [[Float]]

    /// Makes a sound.
    public init(sampleRate: Int, channels: [[Float]]) {
        self.sampleRate = sampleRate
        self.channels = channels
    }

    /// Samples of each channel.
    public var frameCount: Int { channels.first?.count ?? 0 }
}
