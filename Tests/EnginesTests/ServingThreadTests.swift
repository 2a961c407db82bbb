import Engines
import Foundation
import Synchronization
import Testing

/// The threads on which scenarios call an engine.
@Suite(.timeLimit(.minutes(5))) struct ServingThreadTests {
    @Test func everyThreadRunsOnceAndAllAreWaitedFor() {
        let seen = Mutex<[Int]>([])
        ServingThreads.run(7, flushesDenormals: true) { index in
            usleep(UInt32(1000 * (7 - index)))
            seen.withLock { $0.append(index) }
        }
        #expect(seen.withLock { $0.sorted() } == Array(0..<7))
    }

    @Test func thePollGoesOnUntilTheLastThreadIsDone() {
        let isWanted = Atomic<Bool>(true)
        var polls = 0
        ServingThreads.run(
            2, flushesDenormals: false, every: .milliseconds(2),
            poll: {
                polls += 1
                if polls == 5 { isWanted.store(false, ordering: .relaxed) }
            },
            body: { _ in
                while isWanted.load(ordering: .relaxed) { usleep(200) }
            })
        #expect(polls >= 5)
    }

    /// Half of the least normal number is a denormal one, which a flushing vector unit makes zero.
    @Test(arguments: [true, false]) func denormalsAreTreatedAsAsked(flushes: Bool) {
        let halves = Mutex<[Float]>([])
        ServingThreads.run(2, flushesDenormals: flushes) { index in
            // A number that the compiler cannot know.
            let divisor = Float(ProcessInfo.processInfo.activeProcessorCount > 0 ? 2 : 3)
            let half = Float.leastNormalMagnitude / divisor
            let isZero = half.bitPattern == 0
            halves.withLock { $0.append(isZero ? 0 : 1) }
        }
        #expect(halves.withLock { $0 } == [flushes ? 0 : 1, flushes ? 0 : 1])
    }

    /// A recursion of 16 MiB ends well: deep graphs recurse in some engines, and a usual thread has 8 MiB.
    @Test func stacksAreDeep() {
        let depth = Mutex(0)
        ServingThreads.run(1, flushesDenormals: true) { _ in
            let reached = Self.descend(1 << 14)
            depth.withLock { $0 = reached }
        }
        #expect(depth.withLock { $0 } == 1 << 14)
    }

    @inline(never) private static func descend(_ levels: Int) -> Int {
        guard levels > 0 else { return 0 }
        return withUnsafeTemporaryAllocation(byteCount: 1024, alignment: 16) { memory in
            memory[0] = UInt8(truncatingIfNeeded: levels)
            return descend(levels - 1) + 1
        }
    }
}
