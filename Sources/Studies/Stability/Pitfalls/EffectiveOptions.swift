package import Engines
import Records

/// Whether an engine computes as it was asked: the options in force as it reads them back, and how many processors it kept
/// busy.
package enum EffectiveOptions {
    /// Beyond so many busy processors for each thread that was asked for, others compute too.
    static let mostBusy = 1.25

    /// Judges one cell.
    ///
    /// - Parameters:
    ///   - inForce: what the engine reads back; an engine that reads nothing back repeats what was asked.
    ///   - busy: the mean number of processors that were busy while it ran; `nil` where that was not measured.
    package static func finding(asked: EngineOptions, inForce: EngineOptions?, busy: Double?) -> Pitfall.Finding {
        guard let inForce else { return .cannotTell("the engine did not say which options are in force") }
        var words = differences(asked, inForce)
        if let busy, busy > Double(max(inForce.threads, 1)) * mostBusy {
            words.append(
                "\(MetricUnit.number.format(busy)) processors were busy with \(threads(inForce.threads)) in force")
        }
        guard words.isEmpty else { return .found(words.joined(separator: "; ")) }
        let kept = busy.map { ", \(MetricUnit.number.format($0)) processors busy" } ?? ""
        return .absent("\(inForce.precision.rawValue) on \(threads(inForce.threads)) as asked\(kept)")
    }

    private static func threads(_ count: Int) -> String { count == 1 ? "1 thread" : "\(count) threads" }

    private static func differences(_ asked: EngineOptions, _ inForce: EngineOptions) -> [String] {
        let pairs = [
            ("device", asked.device.description, inForce.device.description),
            ("precision", asked.precision.rawValue, inForce.precision.rawValue),
            ("threads", String(asked.threads), String(inForce.threads)),
            ("optimization", asked.optimization.rawValue, inForce.optimization.rawValue),
            ("flushing of denormals", String(asked.flushDenormals), String(inForce.flushDenormals)),
        ]
        return pairs.filter { $0.1 != $0.2 }.map { "\($0.0): \($0.1) was asked, \($0.2) is in force" }
    }
}
