import CMachinePeaks
import Engines
import Foundation

extension MachineReading {
    /// Reads process and machine now; it takes some tenths of a millisecond.
    public static func now(samples: Int = 0) -> MachineReading {
        let begin = MonotonicClock.now()
        let own = WorkerStatus.current()
        let machine = ProcessorTimes.current()
        let rate = FrequencyProbe.rate()
        return MachineReading(
            samples: samples, begin: begin, end: MonotonicClock.now(), processorNanoseconds: own.processorNanoseconds,
            waitingNanoseconds: WaitingTime.ofThisProcess(), machineNanoseconds: machine?.busy,
            stolenNanoseconds: machine?.stolen, pressureNanoseconds: ProcFile.pressure(),
            involuntarySwitches: own.involuntarySwitches, minorFaults: own.minorFaults, majorFaults: own.majorFaults,
            residentMemory: own.residentMemory, throttleEvents: ProcFile.throttleEvents(),
            reportedFrequency: ProcFile.frequency(), stepRate: rate)
    }
}

/// The frequency of the core, told by a chain of additions that takes a cycle each.
///
/// It sees throttling where the machine counts none, as virtual machines do not.
enum FrequencyProbe {
    /// About 10 µs each.
    private static let steps: Int64 = 32_768

    /// Steps a nanosecond: the best of four, since an interruption only makes one slower.
    static func rate() -> Double {
        var best = 0.0
        for _ in 0..<4 {
            let start = MonotonicClock.now()
            let done = assay_dependent_chain(steps)
            best = max(best, Double(done) / Double(max(MonotonicClock.now() - start, 1)))
        }
        return best
    }
}

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

/// Time that threads were ready and had to wait, as the scheduler counts it.
enum WaitingTime {
    /// The sum over the threads of this process, in nanoseconds; `nil` where the kernel does not count.
    static func ofThisProcess() -> Int64? {
        let folder = "/proc/self/task"
        guard let threads = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return nil }
        var sum: Int64?
        for thread in threads {
            // Time on a processor, time waiting for one, and turns.
            guard let text = ProcFile.text("\(folder)/\(thread)/schedstat") else { continue }
            let fields = text.split(whereSeparator: \.isWhitespace)
            if fields.count == 3, let waiting = Int64(fields[1]) { sum = (sum ?? 0) + waiting }
        }
        return sum
    }
}

/// Small files in which the kernel tells of itself.
enum ProcFile {
    static func text(_ path: String) -> String? { try? String(contentsOfFile: path, encoding: .utf8) }

    /// What /proc/pressure/cpu adds up, in nanoseconds.
    static func pressure() -> Int64? { text("/proc/pressure/cpu").flatMap(pressure(in:)) }

    static func pressure(in text: String) -> Int64? {
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("some ") }),
            let field = line.split(separator: " ").first(where: { $0.hasPrefix("total=") }),
            let total = Int64(field.dropFirst("total=".count))
        else { return nil }
        return total * 1000
    }

    /// How often cores and packages throttled for heat, summed; `nil` where no core tells.
    static func throttleEvents() -> Int? {
        let folder = "/sys/devices/system/cpu/cpu0/thermal_throttle/"
        let counts = ["core_throttle_count", "package_throttle_count"].compactMap { number(folder + $0) }
        return counts.isEmpty ? nil : Int(counts.reduce(0, +))
    }

    /// The present frequency of the first processor in hertz.
    static func frequency() -> Double? {
        number("/sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq").map { Double($0) * 1000 }
    }

    private static func number(_ path: String) -> Int64? {
        text(path).flatMap { Int64($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    }
}
