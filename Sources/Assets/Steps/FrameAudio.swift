public import Specs
import Tensors

/// Cuts a sound into windows, each with what came before it as context.
public struct FrameAudio: Step, SampleTransform {
    /// What becomes of a last window that the sound does not fill.
    public enum Rest: String, Sendable, Hashable, CaseIterable {
        /// It is filled with zeros.
        case pad
        /// It is left out.
        case drop
    }

    /// Samples of a window, without its context.
    public var length: Int
    /// Samples between the beginnings of windows.
    public var step: Int
    /// Samples before a window that stand in front of it; zeros before the first.
    public var context: Int
    /// What becomes of a last window that the sound does not fill.
    public var rest: Rest

    /// Makes the step.
    public init(length: Int, step: Int, context: Int = 0, rest: Rest = .pad) {
        self.length = length
        self.step = step
        self.context = context
        self.rest = rest
    }

    /// The parameters.
    public static let spec = SpecObject(
        "frames", "Cuts a sound of one channel into windows: a tensor of [windows, context + length].",
        initial: FrameAudio(length: 512, step: 512),
        [
            .required("length", \.length, .int(1...1_048_576), "Samples of a window, without its context."),
            .required("step", \.step, .int(1...1_048_576), "Samples between the beginnings of windows."),
            SpecField(
                "context", \.context, .int(0...1_048_576),
                "Samples before a window that stand in front of it; zeros before the first."),
            SpecField("rest", \.rest, .enumeration, "What becomes of a last window that the sound does not fill."),
        ])

    /// One unnamed tensor.
    public func outputKind(of kind: SampleKind) throws(AssetError) -> SampleKind {
        guard kind == .audio else { throw mismatch(kind, needs: "a sound") }
        return .tensors([""])
    }

    /// Cuts one sound.
    public func apply(_ sample: Sample, subject: String) throws(AssetError) -> Sample {
        guard case .audio(let clip) = sample else { throw mismatch(sample.kind, needs: "a sound") }
        guard let signal = clip.channels.first, clip.channels.count == 1, !signal.isEmpty else {
            throw AssetError(
                .unusableSample, subject: subject,
                reason: "it has \(clip.channels.count) channels of \(clip.frameCount)",
                remedy: "give a sound of one channel that is not empty")
        }
        let count = windows(of: signal.count)
        let (size, overflow) = count.multipliedReportingOverflow(by: context + length)
        guard count > 0, !overflow, size <= 1 << 30 else {
            throw AssetError(
                .unusableSample, subject: subject, reason: "its \(signal.count) samples give \(count) windows",
                remedy: "change length, step or rest")
        }
        var values = [Float](repeating: 0, count: size)
        for window in 0..<count {
            let target = window * (context + length)
            let from = window * step - context
            let end = min(from + context + length, signal.count)
            let available = min(max(from, 0), end)..<end
            for position in available { values[target + position - from] = signal[position] }
        }
        let tensor = try tensor(subject) { () throws(TensorError) in
            try Tensor(values, shape: [count, context + length])
        }
        return .tensors([NamedTensor(name: "", tensor: tensor)])
    }

    private func windows(of samples: Int) -> Int {
        switch rest {
        case .drop: samples < length ? 0 : (samples - length) / step + 1
        // A window begins inside the sound, also where windows lie apart.
        case .pad: samples <= length ? 1 : min((samples - length + step - 1) / step, (samples - 1) / step) + 1
        }
    }
}
