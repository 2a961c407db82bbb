package import Engines

/// Whether an engine computes in the arithmetic that was asked: by what it reads back, and by the bits that `ArithmeticProbe`
/// finds it to keep.
package enum EffectivePrecision {
    /// What the last bits of an inexact but honest kernel may take.
    static let slack = 4

    /// Significant bits of an arithmetic; `nil` for one that scales its numbers.
    private static func bits(_ precision: Precision) -> Int? {
        switch precision {
        case .f32: 24
        case .f16: 11
        case .bf16: 8
        case .i8: nil
        }
    }

    /// Judges one cell.
    ///
    /// - Parameters:
    ///   - inForce: what the engine reads back; an engine that reads nothing back repeats what was asked.
    ///   - kept: what the probe showed; empty where it could not be run, for the reason in `obstacle`.
    package static func finding(
        asked: Precision, inForce: Precision?, kept: [ArithmeticProbe.Kept], obstacle: String = ""
    ) -> Pitfall.Finding {
        if let inForce, inForce != asked {
            return .found("\(asked.rawValue) was asked, \(inForce.rawValue) is in force")
        }
        guard let expected = bits(asked) else { return .absent("\(asked.rawValue) is in force, as the engine says") }
        guard !kept.isEmpty else {
            return .cannotTell("\(asked.rawValue) is in force as the engine says; \(obstacle)")
        }
        let words = kept.map { "\($0.operatorType) keeps \($0.bits) significant bits\(likely($0.bits))" }
            .joined(separator: ", ")
        let isOther = kept.contains { $0.bits < expected - (asked == .f32 ? slack : 0) || $0.bits > expected + slack }
        return isOther
            ? .found("\(asked.rawValue) was asked, which has \(expected): \(words)")
            : .absent("\(asked.rawValue) was asked, and \(words)")
    }

    /// The arithmetic that has so many bits.
    private static func likely(_ bits: Int) -> String {
        switch bits {
        case 8: ", as bf16 does"
        case 11: ", as f16 and tf32 do"
        default: ""
        }
    }
}
