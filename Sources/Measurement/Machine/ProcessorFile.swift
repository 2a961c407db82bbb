import Foundation

/// What /proc/cpuinfo tells; x86-64 and arm64 spell it differently.
struct ProcessorFile {
    /// The processor's own name.
    let model: String
    /// Instruction set features.
    let flags: [String]
    /// Cores, not counting hardware threads; `nil` where it is not told.
    let physicalCores: Int?

    init(_ text: String) {
        var model = ""
        var flags: [String] = []
        var cores: Set<String> = []
        var package = ""
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard parts.count == 2 else { continue }
            switch parts[0] {
            case "model name", "CPU part": if model.isEmpty { model = parts[1] }
            case "flags", "Features": if flags.isEmpty { flags = parts[1].split(separator: " ").map(String.init) }
            case "physical id": package = parts[1]
            case "core id": cores.insert("\(package)/\(parts[1])")
            default: break
            }
        }
        self.model = model
        self.flags = flags
        physicalCores = cores.isEmpty ? nil : cores.count
    }
}
