import COneDNN
import Engines

/// A status other than success, and which function returned it.
struct OneDNNStatusError {
    let function: StaticString
    let status: OneDNNStatus

    init(_ function: StaticString, _ status: OneDNNStatus) {
        self.function = function
        self.status = status
    }

    /// True where the library says that it does not do what was asked, rather than that it failed to.
    static func isRefusal(_ status: OneDNNStatus) -> Bool {
        [ONEDNN_STATUS_INVALID_ARGUMENTS, ONEDNN_STATUS_UNIMPLEMENTED, ONEDNN_STATUS_LAST_IMPLEMENTATION]
            .contains(Int(status))
    }

    var asEngineError: EngineError {
        let names = [
            1: "out of memory", 2: "invalid arguments", 3: "unimplemented", 4: "no further implementation",
            5: "run-time error", 6: "not required",
        ]
        return EngineError(
            .runFailed, subject: "oneDNN",
            reason: "\(function) returned \(names[Int(status)] ?? "status \(status)")",
            remedy: status == 1 ? "free memory, or feed smaller inputs" : "")
    }
}
