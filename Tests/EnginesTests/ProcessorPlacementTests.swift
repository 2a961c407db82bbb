import Engines
import Foundation
import TestKit
import Testing

struct ProcessorPlacementTests {
    @Test func groupsDoNotOverlapAndComeRound() {
        let cores = [0, 2, 4, 6, 8]
        let groups = (-2...3).map { ProcessorPlacement(count: 2, group: $0).processors(of: cores) }
        #expect(groups == [[0, 2], [4, 6], [0, 2], [4, 6], [0, 2], [4, 6]])
        #expect(ProcessorPlacement(count: 1, group: Int.max).processors(of: [3, 5]) == [5])
    }

    @Test(arguments: [-1, 0, 5, 6])
    func whatNeedsAllOrNoneIsNotConfined(count: Int) {
        #expect(ProcessorPlacement(count: count, group: 1).processors(of: [0, 1, 2, 3, 4]) == nil)
    }

    #if os(Linux)
        @Test(.enabled(if: cores > 1, "the machine has one core"), arguments: 0..<4)
        func everyThreadOfTheWorkerIsConfined(group: Int) async throws {
            let client = try await WorkerClient.start(
                TestWorker.launcher,
                configuration: WorkerConfiguration(placement: ProcessorPlacement(count: 1, group: group)))
            _ = try await client.open(engine: "fake")
            let processors = try #require(client.processors)
            #expect(processors.count == 1)
            let expected = processors.map(String.init).joined(separator: ",")
            #expect(try allowed(client.hello.process).allSatisfy { $0 == expected })
            await client.shutdown()
        }

        @Test func withoutAPlacementTheKernelChooses() async throws {
            let client = try await WorkerClient.start(TestWorker.launcher)
            #expect(client.processors == nil)
            let own = try allowed(Int(ProcessInfo.processInfo.processIdentifier))
            #expect(try Set(allowed(client.hello.process)) == Set(own))
            await client.shutdown()
        }

        /// What the kernel says of each thread of a process.
        private func allowed(_ process: Int) throws -> [String] {
            let folder = "/proc/\(process)/task"
            let threads = try FileManager.default.contentsOfDirectory(atPath: folder)
            return threads.compactMap { thread in
                let status = try? String(contentsOfFile: "\(folder)/\(thread)/status", encoding: .utf8)
                return status?.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed_list:") }
                    .map { $0.dropFirst("Cpus_allowed_list:".count).trimmingCharacters(in: .whitespaces) }
            }
        }

        /// Cores, not the processors on them.
        private static var cores: Int {
            let siblings = (0..<ProcessInfo.processInfo.activeProcessorCount).map {
                try? String(
                    contentsOfFile: "/sys/devices/system/cpu/cpu\($0)/topology/thread_siblings_list", encoding: .utf8)
            }
            return Set(siblings).count
        }
    #endif
}
