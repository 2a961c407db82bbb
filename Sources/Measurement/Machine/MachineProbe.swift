import Foundation
public import Records

/// Reads what machine this is from the files in which Linux tells; what is not told stays unknown.
public struct MachineProbe: Sendable {
    /// Instruction set features that matter to arithmetic, as /proc/cpuinfo spells them.
    static let features: Set<String> = [
        "sse4_2", "avx", "fma", "f16c", "avx2", "avx_vnni", "avx512f", "avx512dq", "avx512bw", "avx512vl",
        "avx512_vnni",
        "avx512_bf16", "avx512_fp16", "amx_tile", "amx_int8", "amx_bf16", "asimd", "asimdhp", "asimddp", "bf16", "i8mm",
        "sve", "sve2",
    ]

    private let root: String

    /// Reads below `root`, which tests replace.
    public init(root: String = "/") { self.root = root }

    /// The machine that this process runs on.
    public static func current() -> Machine { MachineProbe().machine() }

    /// Reads the machine.
    public func machine() -> Machine {
        let processor = ProcessorFile(text("proc/cpuinfo") ?? "")
        return Machine(
            processor: processor.model, architecture: architecture,
            features: processor.flags.filter(Self.features.contains).sorted(), physicalCores: processor.physicalCores,
            logicalCores: ProcessInfo.processInfo.activeProcessorCount, memoryBytes: memory, caches: caches,
            operatingSystem: operatingSystem, kernel: line("proc/sys/kernel/osrelease") ?? "",
            governor: line("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"),
            virtualization: virtualization(processor), accelerators: root == "/" ? AcceleratorProbe.all() : [],
            load: load)
    }

    private var architecture: String {
        #if arch(x86_64)
            "x86_64"
        #elseif arch(arm64)
            "arm64"
        #else
            "unknown"
        #endif
    }

    // MARK: Parts

    /// Main memory, or the container's limit where it is smaller.
    private var memory: Int64? {
        let total = text("proc/meminfo")?.split(separator: "\n").first { $0.hasPrefix("MemTotal:") }
            .flatMap { Int64($0.split(separator: " ").dropFirst().first ?? "") }.map { $0 * 1024 }
        let limit = ["sys/fs/cgroup/memory.max", "sys/fs/cgroup/memory/memory.limit_in_bytes"].lazy
            .compactMap { line($0).flatMap { Int64($0) } }.first
        guard let total else { return limit }
        return limit.map { min($0, total) } ?? total
    }

    /// The data caches of the first core: the deepest is shared.
    private var caches: [String: Int64] {
        var caches: [String: Int64] = [:]
        for index in 0..<8 {
            let folder = "sys/devices/system/cpu/cpu0/cache/index\(index)"
            guard let level = line("\(folder)/level"), let type = line("\(folder)/type"), type != "Instruction",
                let size = line("\(folder)/size").flatMap(Self.size)
            else { continue }
            caches["L\(level)" + (type == "Data" && level == "1" ? "d" : "")] = size
        }
        return caches
    }

    static func size(_ text: String) -> Int64? {
        let factor: Int64 = text.hasSuffix("M") ? 1 << 20 : text.hasSuffix("K") ? 1 << 10 : 1
        return Int64(text.prefix { $0.isNumber }).map { $0 * factor }
    }

    private var operatingSystem: String {
        let name = text("etc/os-release")?.split(separator: "\n").first { $0.hasPrefix("PRETTY_NAME=") }
            .map { $0.dropFirst("PRETTY_NAME=".count).trimmingCharacters(in: ["\""]) }
        return name ?? ProcessInfo.processInfo.operatingSystemVersionString
    }

    private var load: [Double] {
        (text("proc/loadavg") ?? "").split(separator: " ").prefix(3).compactMap { Double($0) }
    }

    /// Hints at a virtual machine, a container, and a limit on processor time.
    private func virtualization(_ processor: ProcessorFile) -> [String] {
        var hints: [String] = []
        if let hypervisor = line("sys/hypervisor/type") { hints.append(hypervisor) }
        if processor.flags.contains("hypervisor"), hints.isEmpty { hints.append(vendor ?? "hypervisor") }
        if exists(".dockerenv") { hints.append("docker") }
        if exists("run/.containerenv") { hints.append("podman") }
        if let quota { hints.append("cgroup limit \(quota) cores") }
        return hints
    }

    private var vendor: String? {
        let known = ["KVM": "kvm", "QEMU": "qemu", "VMware": "vmware", "Xen": "xen", "Microsoft": "hyper-v"]
        let words = [line("sys/class/dmi/id/sys_vendor"), line("sys/class/dmi/id/product_name")].compactMap(\.self)
        return known.first { name, _ in words.contains { $0.contains(name) } }?.value
    }

    /// The processors that this process may use: those it may run on, or what its control group grants where that is less.
    package var grantedProcessors: Double {
        let processors = Double(ProcessInfo.processInfo.activeProcessorCount)
        return min(quota ?? processors, processors)
    }

    /// The cores' worth of time that the control group grants; `nil` without a limit.
    private var quota: Double? {
        if let fields = line("sys/fs/cgroup/cpu.max")?.split(separator: " "), fields.count == 2,
            let time = Double(fields[0]), let period = Double(fields[1]), period > 0
        {
            return time / period
        }
        if let time = line("sys/fs/cgroup/cpu/cpu.cfs_quota_us").flatMap({ Double($0) }), time > 0,
            let period = line("sys/fs/cgroup/cpu/cpu.cfs_period_us").flatMap({ Double($0) }), period > 0
        {
            return time / period
        }
        return nil
    }

    // MARK: Files

    private func text(_ path: String) -> String? { try? String(contentsOfFile: root + path, encoding: .utf8) }

    private func line(_ path: String) -> String? {
        let line = text(path)?.trimmingCharacters(in: .whitespacesAndNewlines)
        return line?.isEmpty == false ? line : nil
    }

    private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: root + path) }
}
