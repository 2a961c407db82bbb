import Foundation
import Synchronization

/// The processes that an engine runs in: this one, or the guests that this one hosts.
///
/// What the engine uses of the machine is read from their books.
package enum EngineProcesses {
    private static let guests = Mutex<[pid_t]>([])

    private static let place = Mutex(ComputeDevice.cpu)

    /// Where the engine computes: the last device for which a model was loaded.
    package static var device: ComputeDevice { place.withLock { $0 } }

    static func compute(on device: ComputeDevice) { if device != .cpu { place.withLock { $0 = device } } }

    /// The processes that the engine runs in, by number.
    package static var numbers: [Int32] {
        let guests = guests.withLock { $0 }
        return guests.isEmpty ? [getpid()] : guests
    }

    static func follow(_ guest: pid_t) { guests.withLock { $0.append(guest) } }

    static func forget(_ guest: pid_t) { guests.withLock { $0.removeAll { $0 == guest } } }

    /// Where the kernel keeps the books of the guests; empty where the engine runs in this process.
    package static var guestFolders: [String] { guests.withLock { $0.map { "/proc/\($0)" } } }

    /// Nanoseconds of user and system time that the engine's threads have used.
    package static func processorTime() -> Int64 {
        let guests = guests.withLock { $0 }
        return guests.isEmpty ? MonotonicClock.processorTime() : guests.reduce(0) { $0 + processorTime(of: $1) }
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
    package static func status() -> WorkerStatus {
        let guests = guests.withLock { $0 }
        guard let first = guests.first else { return .current() }
        return guests.dropFirst().reduce(WorkerStatus(of: first)) { $0 + WorkerStatus(of: $1) }
    }

    /// What the engine has used so far, and this process where it only hosts it.
    package static func statusOfAll() -> WorkerStatus {
        guests.withLock { $0 }.reduce(WorkerStatus.current()) { $0 + WorkerStatus(of: $1) }
    }
}

extension WorkerStatus {
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
