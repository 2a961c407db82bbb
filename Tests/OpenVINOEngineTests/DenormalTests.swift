import Engines
import TestKit
import Tensors
import Testing

/// Denormal numbers, in processes of their own: OpenVINO's threads are shared by all models of a process, and one that
/// ran a model with flushing keeps flushing for others that run at the same time.
@Suite(.enabled(if: Installed.folder != nil, Installed.reason))
struct DenormalTests {
    @Test func denormalsAreKeptAndFlushedAsAsked() async {
        await #expect(processExitsWith: .success) {
            let probe = try Installed.probe()
            let tiny = Float.leastNormalMagnitude / 16
            let input = Tensor([Float](repeating: tiny, count: 64))
            for flush in [false, true, false] {
                let outputs = try probe.run("halve", [input], EngineOptions(flushDenormals: flush))
                let values = try outputs[0].values(of: Float.self)
                try #require(values.allSatisfy { $0 == (flush ? 0 : tiny / 2) }, "with flushing \(flush)")
                try #require(tiny / 2 > 0, "the caller's own arithmetic is left as it was")
            }
        }
    }
}
