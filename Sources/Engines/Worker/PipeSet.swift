import Foundation

/// The three pipes between a client and its worker, closed on exec so that no other child keeps one open.
struct PipeSet {
    struct Ends {
        var read: Int32 = -1
        var write: Int32 = -1
    }

    var input = Ends()
    var output = Ends()
    var errors = Ends()

    /// Opens all three; on failure none stays open and `errno` tells why.
    mutating func open() -> Bool {
        guard Self.open(&input), Self.open(&output), Self.open(&errors) else {
            let reason = errno
            closeAll()
            errno = reason
            return false
        }
        return true
    }

    /// Opens one pipe.
    static func open(_ ends: inout Ends) -> Bool {
        var pair: [Int32] = [-1, -1]
        if let pipe2 = HiddenCalls.pipe2 {
            guard pipe2(&pair, O_CLOEXEC) == 0 else { return false }
        } else {
            guard pipe(&pair) == 0 else { return false }
            for descriptor in pair { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        }
        ends = Ends(read: pair[0], write: pair[1])
        return true
    }

    func closeTheirs() {
        close(input.read)
        close(output.write)
        close(errors.write)
    }

    func closeAll() {
        for ends in [input, output, errors] {
            if ends.read >= 0 { close(ends.read) }
            if ends.write >= 0 { close(ends.write) }
        }
    }
}
