import Foundation

/// The discrete Fourier transform of one length, forward or inverse, in double precision.
///
/// Any length is split along its prime factors: Cooley and Tukey, "An Algorithm for the Machine Calculation of Complex
/// Fourier Series" (Mathematics of Computation 19, 1965).
struct FourierTransform {
    /// A complex number.
    struct Complex {
        var real: Double
        var imaginary: Double

        static let zero = Complex(real: 0, imaginary: 0)
    }

    /// The number of elements.
    let length: Int
    /// exp(∓2πi k / length).
    private let roots: [Complex]
    private let scale: Double

    /// Makes a transform; the inverse one divides by the length.
    init(length: Int, isInverse: Bool) {
        self.length = length
        let sign: Double = isInverse ? 1 : -1
        roots = (0..<length).map { index in
            let angle = 2 * Double.pi * Double(index) / Double(length)
            return Complex(real: cos(angle), imaginary: sign * sin(angle))
        }
        scale = isInverse ? 1 / Double(length) : 1
    }

    /// Transforms `length` elements.
    func callAsFunction(_ signal: [Complex]) -> [Complex] {
        transform(signal, step: 1).map { Complex(real: $0.real * scale, imaginary: $0.imaginary * scale) }
    }

    /// The unscaled transform of elements that stand `step` apart in the whole signal.
    private func transform(_ signal: [Complex], step: Int) -> [Complex] {
        let count = signal.count
        guard count > 1 else { return signal }
        let factor = Self.smallestFactor(of: count)
        let part = count / factor
        let parts = (0..<factor).map { offset in
            transform((0..<part).map { signal[$0 * factor + offset] }, step: step * factor)
        }
        var result = [Complex](repeating: .zero, count: count)
        for frequency in 0..<count {
            var sum = Complex.zero
            for offset in 0..<factor {
                let root = roots[offset * frequency * step % length]
                let term = parts[offset][frequency % part]
                sum.real += root.real * term.real - root.imaginary * term.imaginary
                sum.imaginary += root.real * term.imaginary + root.imaginary * term.real
            }
            result[frequency] = sum
        }
        return result
    }

    private static func smallestFactor(of count: Int) -> Int {
        var factor = 2
        while factor * factor <= count {
            if count % factor == 0 { return factor }
            factor += 1
        }
        return count
    }
}
