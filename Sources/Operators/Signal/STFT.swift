import Graphs
import Tensors

/// The short-time Fourier transform: frames of a signal, each times a window, each transformed.
struct STFT: CompositeOperator {
    let name = "STFT"
    let family = OperatorFamily.signal
    let agreement = Agreement.accumulation
    let signature = Signature(
        inputs: [
            .init("signal", TypeSets.floats), .init("frame_step", TypeSets.indices),
            .init("window", TypeSets.floats, .optional), .init("frame_length", TypeSets.indices, .optional),
        ], outputs: [.init("output", TypeSets.floats)], attributes: [.init("onesided", default: .int(1))],
        versions: [17])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let type = site.elementType(0) else { return [nil] }
        let batch = site.shape(0)?.dimensions.first ?? .unknown
        let isOneSided = try attributes(site).flag("onesided")
        let frames = try frames(site)
        let count = frames.map { Dimension.fixed($0.count) } ?? .unknown
        let bins = frames.map { Dimension.fixed(isOneSided ? $0.length / 2 + 1 : $0.length) } ?? .unknown
        return [.tensor(type, [batch, count, bins, .fixed(2)])]
    }

    /// Which parts of the signal are transformed, where that is known.
    private func frames(_ site: CallSite) throws(OperatorError) -> (count: Int, length: Int, step: Int)? {
        guard let signal = site.shape(0)?.dimensions else { return nil }
        guard signal.count == 3 else {
            throw OperatorError(
                .shape, subject: site.path, reason: "the signal has rank \(signal.count)",
                remedy: "give it as [batch, length, 1] or [batch, length, 2]")
        }
        guard site.rank(2) ?? 1 == 1 else {
            throw OperatorError(
                .shape, subject: site.path, reason: "the window has rank \(site.rank(2) ?? 0)", remedy: "give a vector")
        }
        let window = site.hasInput(2) ? site.shape(2)?.dimensions.first?.value : nil
        let given = site.hasInput(3) ? site.integers(3)?.first : nil
        if let given, let window, given != window {
            throw OperatorError(
                .shape, subject: site.path, reason: "frame_length is \(given) and the window has \(window) elements")
        }
        let isGiven = site.hasInput(2) || site.hasInput(3)
        guard let extent = signal[1].value, let step = site.integers(1)?.first,
            let length = given ?? window ?? (isGiven ? nil : extent)
        else { return nil }
        guard step > 0, length > 0, length <= extent else {
            throw OperatorError(
                .shape, subject: site.path,
                reason: "frames of \(length) elements every \(step) do not fit a signal of \(extent)")
        }
        return ((extent - length) / step + 1, length, step)
    }

    func write(
        _ body: inout NodeWriter, inputs: [String], _ site: CallSite
    ) throws(OperatorError) -> [String] {
        guard let frames = try frames(site) else {
            throw OperatorError(
                .notDifferentiable, subject: site.path, reason: "its frames are not known",
                remedy: "give the model fixed input shapes and constant frame lengths")
        }
        _ = try Shape([frames.count, frames.length]).allocatableCount(site.path)
        var places: [Int64] = []
        for frame in 0..<frames.count { places += (0..<frames.length).map { Int64(frame * frames.step + $0) } }
        let indices = body.constant(try Tensor.make(places, [frames.count, frames.length], site.path))
        var parts = body.call("Gather", [inputs[0], indices], [Attribute("axis", .int(1))])
        if site.hasInput(2) { parts = body.multiply(parts, body.unsqueeze(inputs[2], axes: [1])) }
        let sides = Attribute("onesided", .int(try attributes(site).int("onesided")))
        if site.opset < 20 { return [body.call("DFT", [parts], [sides, Attribute("axis", .int(2))])] }
        return [body.call("DFT", [parts, "", body.integer(2)], [sides])]
    }

    var examples: [Example] {
        let signal = Value.noise([2, 16, 1])
        let step = Value.ints([4], [])
        let whole = Attribute("onesided", .int(0))
        return [
            Example(
                "frames of a length", opset: 17, inputs: [signal, step, nil, .ints([8], [])], constantInputs: [1, 3]),
            Example(
                "a window", opset: 17, inputs: [signal, step, .floats([0, 0.5, 1, 1, 0.5, 0])],
                constantInputs: [1, 2]),
            Example(
                "both sides of the spectrum", opset: 17, attributes: [whole],
                inputs: [
                    .noise([1, 10, 2]), .tensor([Int32(3)], []), .floats([1, 2, 2, 1]), .tensor([Int32(4)], []),
                ],
                constantInputs: [1, 2, 3]),
            Example(
                "one frame", opset: 17, attributes: [whole], inputs: [.floats([1, 2, 3, 4], [1, 4, 1]), step],
                constantInputs: [1], expected: [.floats([10, 0, -2, 2, -2, 0, -2, -2], [1, 1, 4, 2])]),
        ]
    }
}
