import Foundation

extension WorkerStatus {
    /// What this process has used so far.
    public static func current() -> WorkerStatus {
        var usage = rusage()
        #if os(Linux)
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
            let peakFallback = Int(usage.ru_maxrss) * 1024
        #else
            getrusage(RUSAGE_SELF, &usage)
            let peakFallback = Int(usage.ru_maxrss)
        #endif
        let memory = sizes(in: "/proc/self/status")
        return WorkerStatus(
            peakMemory: memory["VmHWM"] ?? peakFallback, residentMemory: memory["VmRSS"] ?? peakFallback,
            processorNanoseconds: MonotonicClock.processorTime(), minorFaults: Int(usage.ru_minflt),
            majorFaults: Int(usage.ru_majflt), voluntarySwitches: Int(usage.ru_nvcsw),
            involuntarySwitches: Int(usage.ru_nivcsw))
    }

    /// The sizes in a process's status, in bytes; empty where there is no such file.
    static func sizes(in path: String) -> [String: Int] {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return [:] }
        var sizes: [String: Int] = [:]
        for line in text.split(separator: "\n") {
            let fields = line.split(whereSeparator: { $0 == ":" || $0 == " " || $0 == "\t" })
            guard fields.count == 3, fields[2] == "kB", let value = Int(fields[1]) else { continue }
            sizes[String(fields[0])] = value * 1024
        }
        return sizes
    }
}
