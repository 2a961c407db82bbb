/// The direction and sides of a discrete Fourier transform, and what they mean for lengths.
struct DFTForm {
    let isInverse: Bool
    let isOneSided: Bool

    init(_ attributes: Attributes) throws(OperatorError) {
        isInverse = try attributes.flag("inverse")
        isOneSided = try attributes.flag("onesided")
    }

    /// True where half a spectrum becomes a real signal.
    var isRealInverse: Bool { isInverse && isOneSided }

    /// The length of the transform where none is given.
    func defaultLength(_ extent: Int) -> Int { isRealInverse ? (extent &- 1) &* 2 : extent }

    /// The extent of the result for a transform of a length.
    func resultLength(_ length: Int) -> Int { isOneSided && !isInverse ? length / 2 + 1 : length }

    /// Refuses signals that the form does not take: `parts` is 1 for real and 2 for complex ones.
    func check(parts: Int, _ path: String) throws(OperatorError) {
        guard parts == 1 || parts == 2 else {
            throw OperatorError(
                .shape, subject: path, reason: "the last axis has extent \(parts)",
                remedy: "give it 1 element for real and 2 for complex numbers")
        }
        guard !isOneSided || parts == (isInverse ? 2 : 1) else {
            throw OperatorError(
                .shape, subject: path,
                reason: isInverse
                    ? "a one-sided spectrum must be complex" : "a one-sided transform is defined for real signals only")
        }
    }

    /// Refuses transforms of nothing.
    func check(length: Int, _ path: String) throws(OperatorError) {
        guard length > 0 else {
            throw OperatorError(
                .shape, subject: path, reason: "a transform of \(length) elements is not defined",
                remedy: "give dft_length")
        }
    }

    /// Fills the second half of a spectrum with the conjugates of the first.
    func mirror(_ spectrum: inout [FourierTransform.Complex]) {
        for index in stride(from: spectrum.count / 2 + 1, to: spectrum.count, by: 1) {
            let twin = spectrum[spectrum.count - index]
            spectrum[index] = .init(real: twin.real, imaginary: -twin.imaginary)
        }
        // A real signal has real ends; what stands in their imaginary parts is not read.
        if !spectrum.isEmpty { spectrum[0].imaginary = 0 }
        if spectrum.count % 2 == 0, !spectrum.isEmpty { spectrum[spectrum.count / 2].imaginary = 0 }
    }

    /// An axis other than the last, which holds the parts of the numbers.
    static func signalAxis(_ axis: Int, rank: Int, _ path: String) throws(OperatorError) -> Int {
        let normal = try Axes.normalize(axis, rank: rank, path)
        guard normal < rank - 1 else {
            throw OperatorError(
                .index, subject: path, reason: "axis \(axis) holds the parts of complex numbers",
                remedy: "choose an axis before the last")
        }
        return normal
    }
}
