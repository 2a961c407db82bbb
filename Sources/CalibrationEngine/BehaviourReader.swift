import Engines
import Specs

/// Reads settings of the calibration engine.
struct BehaviourReader {
    let settings: [String: String]

    func refusal(_ name: String, takes: String) -> EngineError {
        EngineError(
            .invalidOption, subject: CalibrationFactory.engineName,
            reason: settings[name].map { "\(name) is '\($0)'" } ?? "\(name) is missing",
            remedy: "\(name) takes \(takes)")
    }

    func refuseUnknown(_ known: [String]) throws(EngineError) {
        guard let name = settings.keys.sorted().first(where: { !known.contains($0) }) else { return }
        throw EngineError(
            .invalidOption, subject: CalibrationFactory.engineName, reason: "it has no setting named \(name)",
            remedy: "use \(known.joined(separator: ", "))")
    }

    /// Refuses settings that have no effect without another one.
    func refuse(_ names: [String], without needed: String) throws(EngineError) {
        guard let name = names.first(where: { settings[$0] != nil }) else { return }
        throw EngineError(
            .invalidOption, subject: CalibrationFactory.engineName, reason: "\(name) has no effect without \(needed)",
            remedy: "give \(needed), or leave \(name) out")
    }

    /// A length of time in nanoseconds, at most an hour.
    func duration(_ name: String) throws(EngineError) -> Int64? {
        guard let text = settings[name] else { return nil }
        if text == "0" { return 0 }
        guard let time = Duration(measure: text), time <= .seconds(3600) else {
            throw refusal(name, takes: "a duration up to an hour such as 1ms or 250us")
        }
        return Int64(time / .nanoseconds(1))
    }

    /// A share such as 5%, or a number such as 0.05.
    func share(_ name: String) throws(EngineError) -> Double? {
        guard let text = settings[name] else { return nil }
        let number = text.hasSuffix("%") ? Double(text.dropLast()).map { $0 / 100 } : Double(text)
        guard let number, number.isFinite, abs(number) <= 100 else { throw refusal(name, takes: "a share such as 5%") }
        return number
    }

    /// A standard deviation: a share of the latency, or a time.
    func deviation(_ name: String, of latency: Int64) throws(EngineError) -> Double? {
        guard let text = settings[name] else { return nil }
        if text.hasSuffix("%") {
            guard let share = try share(name), share >= 0 else { throw refusal(name, takes: "0 % or more") }
            return share * Double(latency)
        }
        guard let time = Duration(measure: text), time <= .seconds(3600) else {
            throw refusal(name, takes: "a standard deviation: a share of the latency such as 5%, or a duration")
        }
        return time / .nanoseconds(1)
    }

    /// How many times longer: 1.5, 1.5x.
    func factor(_ name: String) throws(EngineError) -> Double? {
        guard let text = settings[name] else { return nil }
        guard let number = Double(text.hasSuffix("x") ? text.dropLast() : text[...]), (0.001...1000).contains(number)
        else { throw refusal(name, takes: "how many times longer a run takes, such as 1.5x") }
        return number
    }

    func number(_ name: String) throws(EngineError) -> UInt64? {
        guard let text = settings[name] else { return nil }
        guard let number = UInt64(text) else { throw refusal(name, takes: "a whole number of 0 or more") }
        return number
    }

    /// An amount of memory, at most 64 GiB.
    func bytes(_ name: String) throws(EngineError) -> Int? {
        guard let text = settings[name] else { return nil }
        guard let bytes = Int(measure: text), bytes <= 1 << 36 else {
            throw refusal(name, takes: "an amount of memory such as 64MB")
        }
        return bytes
    }

    func word<Word: RawRepresentable<String> & CaseIterable>(_ name: String) throws(EngineError) -> Word? {
        guard let text = settings[name] else { return nil }
        guard let word = Word(rawValue: text) else {
            throw refusal(name, takes: "one of " + Word.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return word
    }
}
