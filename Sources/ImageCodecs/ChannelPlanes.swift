extension Image {
    /// The samples channel after channel (`[channels, height, width]`) instead of interleaved.
    public var planes: [UInt8] { ChannelPlanes.split(pixels, channels: channels) }
}

extension FloatImage {
    /// The samples channel after channel (`[channels, height, width]`) instead of interleaved.
    public var planes: [Float] { ChannelPlanes.split(samples, channels: channels) }
}

/// De-interleaving.
enum ChannelPlanes {
    static func split<Sample: BitwiseCopyable>(_ samples: [Sample], channels: Int) -> [Sample] {
        guard channels > 1 else { return samples }
        let area = samples.count / channels
        return [Sample](unsafeUninitializedCapacity: samples.count) { target, initialized in
            samples.withUnsafeBufferPointer { source in
                for channel in 0..<channels {
                    for pixel in 0..<area {
                        target.initializeElement(at: channel * area + pixel, to: source[pixel * channels + channel])
                    }
                }
            }
            initialized = samples.count
        }
    }
}
