import Foundation

/// The processor times in /proc/stat.
struct ProcessorTimes {
    var busy: Int64
    var stolen: Int64

    /// The sums over all processors; `nil` where there is no such file.
    static func current() -> ProcessorTimes? { ProcFile.text("/proc/stat").flatMap(ProcessorTimes.init) }

    /// Reads the first line: user, nice, system, idle, iowait, irq, softirq, steal, in ticks; guests are in user already.
    init?(_ text: String) {
        guard let line = text.split(separator: "\n", maxSplits: 1).first, line.hasPrefix("cpu ") else { return nil }
        let ticks = line.split(separator: " ").dropFirst().compactMap { Int64($0) }
        guard ticks.count >= 7 else { return nil }
        let nanoseconds = 1_000_000_000 / Int64(max(sysconf(Int32(_SC_CLK_TCK)), 1))
        busy = (ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6]) * nanoseconds
        stolen = (ticks.count > 7 ? ticks[7] : 0) * nanoseconds
    }
}
