import CAffinity
import Foundation

/// The processors that the threads of this process may run on.
enum ProcessorAffinity {
    /// Confines every thread of the process, and those that they start later.
    ///
    /// - Returns: the processors; `nil` where nothing was confined: all are needed, or the system has no such call.
    static func confine(to placement: ProcessorPlacement) -> [Int]? {
        #if os(Linux)
            guard let processors = placement.processors(of: cores(of: allowed())) else { return nil }
            let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []
            // The calling thread's answer decides: a thread that has ended meanwhile is no failure.
            guard set(processors, thread: 0), !threads.isEmpty else { return nil }
            for thread in threads.compactMap({ pid_t($0) }) { _ = set(processors, thread: thread) }
            return processors
        #else
            return nil
        #endif
    }

    #if os(Linux)
        /// Words of 64 processors in the masks of the kernel: 8,192 processors, as many as it may be built for.
        private static let words = 128

        /// The processors that this process may use, which a container or a batch system may have chosen.
        static func allowed() -> [Int] {
            var mask = [UInt64](repeating: 0, count: words)
            guard assay_get_affinity(0, &mask, UInt(words * MemoryLayout<UInt64>.size)) == 0 else { return [] }
            return (0..<words * 64).filter { mask[$0 / 64] >> UInt64($0 % 64) & 1 == 1 }
        }

        private static func set(_ processors: [Int], thread: pid_t) -> Bool {
            var mask = [UInt64](repeating: 0, count: words)
            for processor in processors where processor < words * 64 {
                mask[processor / 64] |= 1 << UInt64(processor % 64)
            }
            return assay_set_affinity(thread, mask, UInt(words * MemoryLayout<UInt64>.size)) == 0
        }

        /// The first processor of each core among those given.
        private static func cores(of processors: [Int]) -> [Int] {
            var seen: Set<String> = []
            return processors.filter { processor in
                let topology = "/sys/devices/system/cpu/cpu\(processor)/topology/thread_siblings_list"
                let siblings = try? String(contentsOfFile: topology, encoding: .utf8)
                return seen.insert(siblings ?? "processor \(processor)").inserted
            }
        }
    #endif
}
