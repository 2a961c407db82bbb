public import ArgumentParser
import Records
public import Studies

extension Undecided: ExpressibleByArgument {}

extension Undecided {
    /// How the program ends when this is the worst of its gates; `nil` for no gates.
    func status(of state: Verdict.State?) -> ExitStatus {
        switch state {
        case .fails: .failed
        case .unknown: self == .fail ? .failed : .done
        case .holds, nil: .done
        }
    }

    /// How many gates came out how, and what the program ends with for that; empty for no gates.
    func summary(of gates: [GateResult]) -> String {
        guard !gates.isEmpty else { return "" }
        func count(_ state: Verdict.State) -> Int { gates.count { $0.state == state } }
        let (holds, fails, unknown) = (count(.holds), count(.fails), count(.unknown))
        let words = [
            holds > 0 ? "\(holds) hold\(holds == 1 ? "s" : "")" : nil,
            fails > 0 ? "\(fails) fail\(fails == 1 ? "s" : "")" : nil,
            unknown > 0 ? "\(unknown) cannot be told" : nil,
        ].compactMap(\.self)
        let status = status(of: gates.map(\.state).worst)
        var why = ""
        if unknown > 0, fails == 0 {
            why =
                self == .fail
                ? " (--undecided pass would forgive what cannot be told)"
                : " (what cannot be told is forgiven: undecided pass)"
        }
        return "Gates: \(words.joined(separator: ", ")): exit code \(status.rawValue)\(why)"
    }
}
