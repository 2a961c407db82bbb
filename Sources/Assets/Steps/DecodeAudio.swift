public import Specs

/// Decodes a WAV file.
public struct DecodeAudio: Step, SampleTransform {
    /// What to do with several channels.
    public enum Channels: String, Sendable, Hashable, CaseIterable {
        /// The mean of all channels.
        case mean
        /// The first channel.
        case first
    }

    /// What to do with several channels.
    public var channels: Channels
    /// The rate that the file must have, in samples a second.
    public var sampleRate: Int

    /// Makes the step.
    public init(channels: Channels, sampleRate: Int) {
        self.channels = channels
        self.sampleRate = sampleRate
    }

    /// The parameters.
    public static let spec = SpecObject(
        "wav", "Decodes a WAV file (PCM of 8 to 32 bits, or floats) to one channel between −1 and 1.",
        initial: DecodeAudio(channels: .first, sampleRate: 16000),
        [
            .required("channels", \.channels, .enumeration, "What to do with several channels."),
            .required(
                "sampleRate", \.sampleRate, .int(1...768_000),
                "The rate that the file must have; another one is an error, since nothing is resampled."),
        ])

    /// A sound, of a file.
    public func outputKind(of kind: SampleKind) throws(AssetError) -> SampleKind {
        guard kind == .file else { throw mismatch(kind, needs: "a file") }
        return .audio
    }

    /// Decodes one file.
    public func apply(_ sample: Sample, subject: String) throws(AssetError) -> Sample {
        guard case .file(let file) = sample else { throw mismatch(sample.kind, needs: "a file") }
        let clip = try WAVFile.decode(file.bytes, subject: subject)
        guard clip.sampleRate == sampleRate else {
            throw AssetError(
                .unusableSample, subject: subject,
                reason: "it has \(clip.sampleRate) samples a second and the step wants \(sampleRate)",
                remedy: "resample the file, or state its rate")
        }
        guard clip.channels.count > 1, let first = clip.channels.first else { return .audio(clip) }
        let mixed = channels == .first ? first : Self.mean(clip.channels)
        return .audio(AudioClip(sampleRate: sampleRate, channels: [mixed]))
    }

    private static func mean(_ channels: [[Float]]) -> [Float] {
        var sum = channels[0]
        for channel in channels.dropFirst() {
            for index in sum.indices { sum[index] += channel[index] }
        }
        let share = 1 / Float(channels.count)
        for index in sum.indices { sum[index] *= share }
        return sum
    }
}
