import Engines
import Operators
import TestKit
import Tensors
import Testing

/// Values that are no tensors, in and out.
@Suite struct ValueTests {
    let probe: EngineProbe
    private let pair = Value.tensor(Tensor([1, 2] as [Float]))
    private let other = Value.tensor(Tensor([3, 4] as [Float]))

    init() throws { probe = EngineProbe(try Installed.referenceEngine()) }

    @Test func aSequenceGoesInAndComesOut() throws {
        let session = try probe.prepare("insert").makeSession()
        for start in [[], [pair], [other, pair]] {
            let outputs = try session.evaluate([.sequence(start, elementType: pair.type), other])
            guard case .sequence(let elements, _) = outputs[0] else {
                Issue.record("it is \(outputs[0])")
                return
            }
            #expect(elements == start + [other])
            #expect(outputs[1] == .tensor(try Tensor([Int64(start.count + 1)], shape: [])))
        }
    }

    @Test func aTimedRunReturnsTensorsOnly() throws {
        let session = try probe.prepare("sequence").makeSession()
        let error = EngineProbe.failure {
            try session.run([Tensor([1, 2] as [Float])], into: OutputSlots(count: 1))
        }
        #expect(error?.code == .runFailed)
        guard case .sequence(let elements, _) = try session.evaluate([pair])[0] else {
            Issue.record("it is no sequence")
            return
        }
        #expect(elements == [pair, pair])
    }

    @Test func aWrongValueIsRefused() throws {
        let session = try probe.prepare("insert").makeSession()
        let kind = EngineProbe.failure { _ = try session.evaluate([pair, other]) }
        #expect(kind?.code == .invalidInput, "\(String(describing: kind))")
        let count = EngineProbe.failure { _ = try session.evaluate([pair]) }
        #expect(count?.reason == "it has 2 inputs and was given 1")
    }
}
