import Engines
import Foundation

/// Time that threads were ready and had to wait, as the scheduler counts it.
enum WaitingTime {
    /// The sum over the threads of this process and of those in which the engine runs, in nanoseconds; `nil` where the kernel
    /// does not count.
    static func ofTheEngine() -> Int64? {
        let sums = (["/proc/self"] + EngineProcesses.guestFolders).compactMap { sum(in: $0 + "/task") }
        return sums.isEmpty ? nil : sums.reduce(0, +)
    }

    private static func sum(in folder: String) -> Int64? {
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
