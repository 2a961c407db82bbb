import Assets
import Foundation
import Synchronization
import Testing

@Suite struct ProcessRunnerTests {
    /// Whoever starts a program can be any thread, and those of concurrency block nearly all signals.
    @Test func aProgramTakesTheSignalsThatItsStarterBlocks() throws {
        let results = Mutex<[Int]>([])
        let thread = Thread {
            var all = sigset_t()
            sigfillset(&all)
            pthread_sigmask(SIG_SETMASK, &all, nil)
            let result = try? ProcessRunner().run(Command("bash", ["-c", "kill -TERM $$; exit 3"])) {}
            results.withLock { $0.append(result?.status ?? 0) }
        }
        thread.start()
        while !thread.isFinished { Thread.sleep(forTimeInterval: 0.01) }
        #expect(results.withLock { $0 } == [Int(-SIGTERM)])
    }
}
