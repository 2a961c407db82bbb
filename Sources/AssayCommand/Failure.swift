import Assay
import Assets
import Engines
import Graphs
import Operators
import Records
import Specs
import Studies
import Tensors
import Timelines

/// Why a command ends early: what, where, how to mend it, and with which exit status.
struct Failure: Error {
    var status: ExitStatus
    var code: String
    var subject: String
    var reason: String
    var remedy: String
    /// What else is wrong, a line each.
    var others: [String] = []

    init(_ status: ExitStatus, code: String, subject: String, reason: String, remedy: String = "") {
        self.status = status
        self.code = code
        self.subject = subject
        self.reason = reason
        self.remedy = remedy
    }

    /// What standard error shows.
    var message: String {
        var lines = ["error: \(subject): \(reason)"]
        if !remedy.isEmpty { lines.append("  to mend it: \(remedy)") }
        lines.append("  [\(code)]")
        lines += others.map { "error: \($0)" }
        return lines.joined(separator: "\n")
    }
}

extension Failure {
    /// The failure that a module's error stands for; `nil` for what the argument parser ends with.
    init?(_ error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let error as StudyError:
            self.init(
                .wrongInput, code: error.code.rawValue, subject: error.subject, reason: error.reason,
                remedy: error.remedy)
        case let error as GraphError:
            self.init(
                .wrongInput, code: error.code.rawValue, subject: error.subject, reason: error.reason,
                remedy: error.remedy)
        case let error as OperatorError:
            self.init(
                .wrongInput, code: error.code.rawValue, subject: error.subject, reason: error.reason,
                remedy: error.remedy)
        case let error as AssetError:
            self.init(
                .wrongInput, code: error.code.rawValue, subject: error.subject, reason: error.reason,
                remedy: error.remedy)
        case let error as TensorError:
            self.init(
                .wrongInput, code: error.code.rawValue, subject: error.subject, reason: error.reason,
                remedy: error.remedy)
        case let error as RecordError:
            self.init(
                .wrongInput, code: error.code.rawValue, subject: error.subject, reason: error.reason,
                remedy: error.remedy)
        case let error as TimelineError:
            self.init(
                .wrongInput, code: error.code.rawValue, subject: error.subject, reason: error.reason,
                remedy: error.remedy.isEmpty ? "give a trace that follows its format" : error.remedy)
        case let error as ExportError:
            self.init(
                error.code == .address ? .wrongInput : .engineFailed, code: error.code.rawValue,
                subject: error.subject, reason: error.reason, remedy: error.remedy)
        case let errors as SpecErrors: self.init(errors)
        case let error as WorkerError:
            self.init(
                .engineFailed, code: error.code.rawValue, subject: error.subject, reason: error.reason,
                remedy: error.remedy)
        case let error as EngineError:
            self.init(
                .engineFailed, code: error.code.rawValue, subject: error.subject, reason: error.reason,
                remedy: error.remedy)
        default: return nil
        }
    }

    /// All that is wrong with a spec, one line each.
    private init(_ errors: SpecErrors) {
        guard let first = errors.all.first else {
            self.init(.wrongInput, code: "spec.invalid", subject: "spec", reason: "it is wrong")
            return
        }
        self.init(
            .wrongInput, code: first.code.rawValue,
            subject: first.mark.map { "\(first.file):\($0.line):\($0.column)" } ?? first.file,
            reason: first.reason, remedy: first.remedy)
        others = errors.all.dropFirst().map(\.description)
    }
}
