import ArgumentParser
import Records

/// What a gate that cannot be told counts as.
enum Undecided: String, ExpressibleByArgument, CaseIterable {
    case fail
    case pass

    /// How the program ends when this is the worst of its gates; `nil` for no gates.
    func status(of state: Verdict.State?) -> ExitStatus {
        switch state {
        case .fails: .failed
        case .unknown: self == .fail ? .failed : .done
        case .holds, nil: .done
        }
    }
}
