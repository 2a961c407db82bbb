import Foundation
import Synchronization

/// The processes that an engine runs in: this one, or the guests that this one hosts.
///
/// What the engine uses of the machine is read from their books.
package enum EngineProcesses {
    private struct Books {
        var guests: [pid_t] = []
        /// What guests that have ended had used, and the most memory that guests had at a time when one of them ended.
        var ended: WorkerStatus?

        /// The sum over all guests; `nil` where there was none.
        var total: WorkerStatus? {
            guard ended != nil || !guests.isEmpty else { return nil }
            let living = guests.reduce(WorkerStatus.none) { $0 + WorkerStatus(of: $1) }
            guard let ended else { return living }
            var sum = living + ended
            sum.peakMemory = max(living.peakMemory, ended.peakMemory)
            return sum
        }
    }

    private static let books = Mutex(Books())
    private static let place = Mutex(ComputeDevice.cpu)

    /// Where the engine computes: the last device for which a model was loaded.
    package static var device: ComputeDevice { place.withLock { $0 } }

    static func compute(on device: ComputeDevice) { if device != .cpu { place.withLock { $0 = device } } }

    /// The processes that the engine runs in, by number.
    package static var numbers: [Int32] {
        let guests = books.withLock { $0.guests }
        return guests.isEmpty ? [getpid()] : guests
    }

    static func follow(_ guest: pid_t) { books.withLock { $0.guests.append(guest) } }

    /// Keeps what a guest has used, which the kernel forgets with it; to be called while it lives.
    static func forget(_ guest: pid_t) {
        books.withLock { books in
            guard let total = books.total, let place = books.guests.firstIndex(of: guest) else { return }
            var ended = WorkerStatus(of: guest)
            if let before = books.ended { ended = ended + before }
            (ended.peakMemory, ended.residentMemory) = (total.peakMemory, 0)
            books.ended = ended
            books.guests.remove(at: place)
        }
    }

    /// Where the kernel keeps the books of the guests; empty where the engine runs in this process.
    package static var guestFolders: [String] { books.withLock { $0.guests.map { "/proc/\($0)" } } }

    /// Nanoseconds of user and system time that the engine's threads have used.
    package static func processorTime() -> Int64 {
        let (guests, ended) = books.withLock { ($0.guests, $0.ended) }
        guard ended != nil || !guests.isEmpty else { return MonotonicClock.processorTime() }
        return guests.reduce(ended?.processorNanoseconds ?? 0) { $0 + processorTime(of: $1) }
    }

    static func processorTime(of process: pid_t) -> Int64 {
        #if os(Linux)
            var clock = clockid_t()
            var time = timespec()
            guard clock_getcpuclockid(process, &clock) == 0, clock_gettime(clock, &time) == 0 else { return 0 }
            return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
        #else
            return 0
        #endif
    }

    /// What the engine has used so far.
    package static func status() -> WorkerStatus { books.withLock { $0.total } ?? .current() }

    /// What the engine has used so far, and this process where it only hosts it.
    package static func statusOfAll() -> WorkerStatus {
        books.withLock { $0.total }.map { WorkerStatus.current() + $0 } ?? .current()
    }
}

extension WorkerStatus {
    fileprivate static let none = WorkerStatus(
        peakMemory: 0, residentMemory: 0, processorNanoseconds: 0, minorFaults: 0, majorFaults: 0, voluntarySwitches: 0,
        involuntarySwitches: 0)

    /// What another process has used so far; what the kernel does not tell is 0.
    fileprivate init(of process: pid_t) {
        let folder = "/proc/\(process)"
        let sizes = Self.sizes(in: folder + "/status")
        // The second field, the name, may hold anything: what counts begins after its last parenthesis.
        let text = (try? String(contentsOfFile: folder + "/stat", encoding: .utf8)) ?? ""
        let fields = text.lastIndex(of: ")").map { text[text.index(after: $0)...].split(separator: " ") } ?? []
        func field(_ number: Int) -> Int { fields.indices.contains(number - 3) ? Int(fields[number - 3]) ?? 0 : 0 }
        var (voluntary, involuntary) = (0, 0)
        for thread in (try? FileManager.default.contentsOfDirectory(atPath: folder + "/task")) ?? [] {
            let counts = Self.switches(in: "\(folder)/task/\(thread)/status")
            voluntary += counts.voluntary
            involuntary += counts.involuntary
        }
        self.init(
            peakMemory: sizes["VmHWM"] ?? 0, residentMemory: sizes["VmRSS"] ?? 0,
            processorNanoseconds: EngineProcesses.processorTime(of: process), minorFaults: field(10),
            majorFaults: field(12), voluntarySwitches: voluntary, involuntarySwitches: involuntary)
    }

    private static func switches(in path: String) -> (voluntary: Int, involuntary: Int) {
        var counts = (voluntary: 0, involuntary: 0)
        for line in ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "").split(separator: "\n") {
            let fields = line.split(whereSeparator: { $0 == ":" || $0 == "\t" })
            if fields.first == "voluntary_ctxt_switches" { counts.voluntary = fields.last.flatMap { Int($0) } ?? 0 }
            if fields.first == "nonvoluntary_ctxt_switches" {
                counts.involuntary = fields.last.flatMap { Int($0) } ?? 0
            }
        }
        return counts
    }

    fileprivate static func + (left: WorkerStatus, right: WorkerStatus) -> WorkerStatus {
        WorkerStatus(
            peakMemory: left.peakMemory + right.peakMemory,
            residentMemory: left.residentMemory + right.residentMemory,
            processorNanoseconds: left.processorNanoseconds + right.processorNanoseconds,
            minorFaults: left.minorFaults + right.minorFaults, majorFaults: left.majorFaults + right.majorFaults,
            voluntarySwitches: left.voluntarySwitches + right.voluntarySwitches,
            involuntarySwitches: left.involuntarySwitches + right.involuntarySwitches)
    }
}
