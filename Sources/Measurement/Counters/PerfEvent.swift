import CCounters
import Foundation

/// One event of perf_event_open, counted over all threads of this process and those that they start.
struct PerfEvent {
    /// The kinds of events that the kernel numbers for good (include/uapi/linux/perf_event.h).
    enum Kind {
        static let hardware: UInt32 = 0
        static let software: UInt32 = 1
        static let tracepoint: UInt32 = 2
        static let cache: UInt32 = 3
    }

    /// Why an event cannot be counted.
    struct Failure: Error {
        let reason: String
    }

    /// Whether what the kernel does for the threads is left out.
    let isUserOnly: Bool
    private let descriptors: [Int32]

    /// Opens the event on every thread there is.
    ///
    /// - Parameter mayLeaveOutKernel: whether what the threads do themselves will do where the kernel's part may not be
    ///   counted; some events count only there.
    init(type: UInt32, config: UInt64, mayLeaveOutKernel: Bool) throws(Failure) {
        do throws(Failure) {
            descriptors = try Self.open(type, config, userOnly: false)
            isUserOnly = false
        } catch {
            guard mayLeaveOutKernel else { throw error }
            descriptors = try Self.open(type, config, userOnly: true)
            isUserOnly = true
        }
    }

    /// Opens an event of the whole machine, as the power unit's are.
    init(ofMachine type: UInt32, config: UInt64) throws(Failure) {
        let descriptor = assay_counter_open(type, config, -1, 0, 0, 0)
        guard descriptor >= 0 else { throw Failure(reason: Self.words(-descriptor)) }
        descriptors = [descriptor]
        isUserOnly = false
    }

    /// What was counted so far, scaled up where counters took turns on the processor's registers; NaN where one of them
    /// has not counted at all.
    func read() -> Double {
        var sum = 0.0
        for descriptor in descriptors {
            let count = assay_counter_read(descriptor)
            guard count.status == 0 else { return .nan }
            if count.running == count.enabled {
                sum += Double(count.value)
            } else if count.running > 0 {
                sum += Double(count.value) * Double(count.enabled) / Double(count.running)
            } else if count.enabled > 0 {
                return .nan
            }
        }
        return sum
    }

    /// Stops counting.
    func close() { for descriptor in descriptors { assay_counter_close(descriptor) } }

    private static func open(_ type: UInt32, _ config: UInt64, userOnly: Bool) throws(Failure) -> [Int32] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []
        let tasks = names.compactMap { Int32($0) }
        var opened: [Int32] = []
        for task in tasks.isEmpty ? [0] : tasks {
            let descriptor = assay_counter_open(type, config, task, -1, userOnly ? 1 : 0, 1)
            // A thread may have ended since the list was read.
            if descriptor == -ESRCH { continue }
            guard descriptor >= 0 else {
                for other in opened { assay_counter_close(other) }
                throw Failure(reason: words(-descriptor))
            }
            opened.append(descriptor)
        }
        return opened
    }

    /// Why opening failed, and what helps.
    private static func words(_ number: Int32) -> String {
        switch number {
        case ENOENT, ENODEV, EOPNOTSUPP, EINVAL:
            return "perf_event_open offers no such counter here, as in most virtual machines"
        case EACCES, EPERM:
            let file = "/proc/sys/kernel/perf_event_paranoid"
            let level = ProcFile.text(file)?.filter { $0.isNumber || $0 == "-" }
            return
                "perf_event_open is not permitted (kernel.perf_event_paranoid is \(level ?? "unknown"); 1 or less would)"
        case ENOSYS: return "this system has no perf_event_open"
        default: return "perf_event_open failed with error \(number)"
        }
    }
}
