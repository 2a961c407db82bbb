import Assets
import Engines
import Graphs
import Operators
import Records
import Specs
import Studies
import Tensors

/// Why a command ends early: what, where, how to mend it, and with which exit status.
struct Failure: Error {
    var status: ExitStatus
    var code: String
    var subject: String
    var reason: String
    var remedy: String

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
        return lines.joined(separator: "\n")
    }
}
