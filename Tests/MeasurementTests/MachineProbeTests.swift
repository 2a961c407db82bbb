import Foundation
import Measurement
import Records
import Testing

/// The probe on made-up machines: a folder stands for the root of the file system.
@Suite struct MachineProbeTests {
    private func machine(_ files: [String: String]) throws -> Machine { try probe(files) { $0.machine() } }

    private func probe<Value>(_ files: [String: String], _ read: (MachineProbe) -> Value) throws -> Value {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: root) }
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        for (path, text) in files {
            let file = root.appendingPathComponent(path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        return read(MachineProbe(root: root.path + "/"))
    }

    @Test func aServerInAContainer() throws {
        let cache = "sys/devices/system/cpu/cpu0/cache"
        let processors = (0..<4).map { index in
            """
            processor : \(index)
            model name : Some CPU @ 3.00GHz
            physical id : 0
            core id : \(index / 2)
            flags : fpu sse4_2 avx2 fma hypervisor avx512f amx_bf16 unknown_flag
            """
        }
        let machine = try machine([
            "proc/cpuinfo": processors.joined(separator: "\n\n"),
            "proc/meminfo": "MemTotal:       16384 kB\nMemFree: 1 kB\n", "proc/loadavg": "0.50 1.25 2.00 1/99 1234\n",
            "proc/sys/kernel/osrelease": "6.1.0-13-amd64\n",
            "etc/os-release": "NAME=x\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n",
            "\(cache)/index0/level": "1\n", "\(cache)/index0/type": "Data\n", "\(cache)/index0/size": "48K\n",
            "\(cache)/index1/level": "1\n", "\(cache)/index1/type": "Instruction\n", "\(cache)/index1/size": "32K\n",
            "\(cache)/index2/level": "2\n", "\(cache)/index2/type": "Unified\n", "\(cache)/index2/size": "2M\n",
            "sys/fs/cgroup/memory.max": "8388608\n", "sys/fs/cgroup/cpu.max": "150000 100000\n",
            "sys/class/dmi/id/sys_vendor": "QEMU\n", ".dockerenv": "",
            "sys/devices/system/cpu/cpu0/cpufreq/scaling_governor": "performance\n",
        ])
        #expect(machine.processor == "Some CPU @ 3.00GHz")
        #expect(machine.features == ["amx_bf16", "avx2", "avx512f", "fma", "sse4_2"])
        #expect(machine.physicalCores == 2)
        #expect(machine.memoryBytes == 8_388_608)
        #expect(machine.caches == ["L1d": 49152, "L2": 2_097_152])
        #expect(machine.operatingSystem == "Debian GNU/Linux 12 (bookworm)")
        #expect(machine.kernel == "6.1.0-13-amd64")
        #expect(machine.governor == "performance")
        #expect(machine.virtualization == ["qemu", "docker", "cgroup limit 1.5 cores"])
        #expect(machine.load == [0.5, 1.25, 2])
    }

    @Test func aMachineThatTellsNothing() throws {
        let machine = try machine([:])
        #expect(machine.processor == "")
        #expect(machine.features == [])
        #expect(machine.physicalCores == nil)
        #expect(machine.memoryBytes == nil)
        #expect(machine.governor == nil)
        #expect(machine.virtualization == [])
        #expect(machine.load == [])
    }

    @Test func unlimitedGroupsAreNoLimit() throws {
        let machine = try machine([
            "proc/meminfo": "MemTotal: 1024 kB\n", "sys/fs/cgroup/memory.max": "max\n",
            "sys/fs/cgroup/cpu.max": "max 100000\n", "sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1\n",
            "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
        ])
        #expect(machine.memoryBytes == 1_048_576)
        #expect(machine.virtualization == [])
    }

    /// A control group may grant less time than there are processors, and never more.
    @Test func processorsAreThoseThatAreGranted() throws {
        func granted(_ quota: String) throws -> Double {
            try probe(["sys/fs/cgroup/cpu.max": quota]) { $0.grantedProcessors }
        }
        let all = try granted("max 100000\n")
        #expect(all >= 1 && all == all.rounded())
        #expect(try granted("50000 100000\n") == 0.5)
        #expect(try granted("100000000 100000\n") == min(all, 1000))
    }
}
