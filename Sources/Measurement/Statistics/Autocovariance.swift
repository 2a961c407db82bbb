import Foundation

/// The autocovariances of a series, by the fast Fourier transform of its periodogram (Wiener–Khinchin theorem).
///
/// The time grows with n log n for all lags together, so that a series that drifts costs no more than noise.
package enum Autocovariance {
    /// The autocovariances of the lags 0 to n − 1: sums of products divided by n for every lag, which keeps their spectrum
    /// from being negative (Priestley 1981, "Spectral analysis and time series", section 5.3.3).
    package static func all(of samples: [Double]) -> [Double] {
        let count = samples.count
        guard count > 0 else { return [] }
        let mean = samples.reduce(0, +) / Double(count)
        // At least twice the length, so that the end of the series does not meet its beginning.
        var size = 2
        while size < 2 * count { size *= 2 }
        var real = [Double](repeating: 0, count: size)
        var imaginary = real
        for (index, sample) in samples.enumerated() { real[index] = sample - mean }
        transform(&real, &imaginary)
        for index in 0..<size {
            real[index] = real[index] * real[index] + imaginary[index] * imaginary[index]
            imaginary[index] = 0
        }
        // The power is real and even: its transform and its inverse transform differ by a factor only.
        transform(&real, &imaginary)
        let scale = 1 / (Double(size) * Double(count))
        return real[..<count].map { $0 * scale }
    }

    /// The discrete Fourier transform in place, for lengths that are powers of two (Cooley and Tukey 1965).
    private static func transform(_ real: inout [Double], _ imaginary: inout [Double]) {
        let size = real.count
        reverseBits(&real, &imaginary)
        let angle = -2 * Double.pi / Double(size)
        let cosines = (0..<(size / 2)).map { cos(angle * Double($0)) }
        let sines = (0..<(size / 2)).map { sin(angle * Double($0)) }
        var half = 1
        while half < size {
            let step = size / (2 * half)
            for start in stride(from: 0, to: size, by: 2 * half) {
                for offset in 0..<half {
                    let (cosine, sine) = (cosines[offset * step], sines[offset * step])
                    let (low, high) = (start + offset, start + offset + half)
                    let turnedReal = real[high] * cosine - imaginary[high] * sine
                    let turnedImaginary = real[high] * sine + imaginary[high] * cosine
                    real[high] = real[low] - turnedReal
                    imaginary[high] = imaginary[low] - turnedImaginary
                    real[low] += turnedReal
                    imaginary[low] += turnedImaginary
                }
            }
            half *= 2
        }
    }

    /// Puts every element where the bits of its index, read backwards, say.
    private static func reverseBits(_ real: inout [Double], _ imaginary: inout [Double]) {
        let size = real.count
        var target = 0
        for index in 1..<size {
            var bit = size >> 1
            while target & bit != 0 {
                target ^= bit
                bit >>= 1
            }
            target |= bit
            if index < target {
                real.swapAt(index, target)
                imaginary.swapAt(index, target)
            }
        }
    }
}
