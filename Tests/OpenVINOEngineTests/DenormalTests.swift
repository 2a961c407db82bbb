import Engines
import TestKit
import Tensors
import Testing

/// Denormal numbers, in processes of their own: the first model of a process decides how OpenVINO treats them.
@Suite(.enabled(if: Installed.folder != nil, Installed.reason))
struct DenormalTests {
    private static func check(flush: Bool) throws {
        let probe = try Installed.probe()
        let tiny = Float.leastNormalMagnitude / 16
        let input = Tensor([Float](repeating: tiny, count: 64))
        for _ in 0..<2 {
            let outputs = try probe.run("halve", [input], EngineOptions(flushDenormals: flush))
            let values = try outputs[0].values(of: Float.self)
            try #require(values.allSatisfy { $0 == (flush ? 0 : tiny / 2) }, "\(values[0].bitPattern)")
            try #require(tiny / 2 > 0, "the caller's own arithmetic is left as it was")
        }
        let other = EngineProbe.failure { _ = try probe.prepare("halve", EngineOptions(flushDenormals: !flush)) }
        try #require(other?.code == .invalidOption)
    }

    @Test func denormalsAreFlushedWhenAsked() async {
        await #expect(processExitsWith: .success) { try Self.check(flush: true) }
    }

    @Test func denormalsAreKeptWhenAsked() async {
        await #expect(processExitsWith: .success) { try Self.check(flush: false) }
    }
}
