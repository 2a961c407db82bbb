package import Engines

/// Whether the other settings of a run are those that were asked, as the engine reads them back.
package enum EffectiveSettings {
    /// Judges one cell.
    ///
    /// - Parameter inForce: what the engine reads back; an engine that reads nothing back repeats what was asked.
    package static func finding(asked: EngineOptions, inForce: EngineOptions?) -> Pitfall.Finding {
        guard let inForce else { return .cannotTell("the engine did not say which options are in force") }
        let pairs = [
            ("device", asked.device.description, inForce.device.description),
            ("optimization", asked.optimization.rawValue, inForce.optimization.rawValue),
            ("flushing of denormals", String(asked.flushDenormals), String(inForce.flushDenormals)),
            ("spinning", String(asked.spinning), String(inForce.spinning)),
        ]
        let words = pairs.filter { $0.1 != $0.2 }.map { "\($0.0): \($0.1) was asked, \($0.2) is in force" }
        return words.isEmpty
            ? .absent("the engine says that it was given what was asked") : .found(words.joined(separator: "; "))
    }
}
