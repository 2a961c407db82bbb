import Foundation

/// Small files in which the kernel tells of itself.
enum ProcFile {
    /// The whole text of a file; `nil` where it cannot be read.
    static func text(_ path: String) -> String? { try? String(contentsOfFile: path, encoding: .utf8) }

    /// How often cores and packages throttled for heat, summed; `nil` where no core tells.
    static func throttleEvents() -> Int? {
        let folder = "/sys/devices/system/cpu/cpu0/thermal_throttle/"
        let counts = ["core_throttle_count", "package_throttle_count"].compactMap { number(folder + $0) }
        return counts.isEmpty ? nil : Int(exactly: counts.reduce(0, +))
    }

    /// A file of one number.
    static func number(_ path: String) -> Double? {
        text(path).flatMap { Double($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    }
}
