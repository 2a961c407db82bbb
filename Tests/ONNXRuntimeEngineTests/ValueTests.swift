import Engines
import Operators
import TestKit
import Tensors
import Testing

/// Values that are no tensors, in and out.
@Suite(.enabled(if: Installed.folder != nil, Installed.reason))
struct ValueTests {
    let probe: EngineProbe
    private let pair = Value.tensor(Tensor([1, 2] as [Float]))
    private let other = Value.tensor(Tensor([3, 4] as [Float]))

    init() throws { probe = try Installed.probe() }

    @Test func aSequenceGoesInAndComesOut() throws {
        let session = try probe.prepare("insert").makeSession()
        let outputs = try session.evaluate([.sequence([pair, pair], elementType: pair.type), other])
        #expect(outputs.count == 2)
        guard case .sequence(let elements, _) = outputs[0] else {
            Issue.record("it is \(outputs[0])")
            return
        }
        #expect(elements == [pair, pair, other])
        #expect(outputs[1] == .tensor(try Tensor([3 as Int64], shape: [])))
    }

    @Test func anOptionalGoesInAndComesOut() throws {
        let session = try probe.prepare("has-element").makeSession()
        let outputs = try session.evaluate([.optional(pair, elementType: pair.type)])
        #expect(outputs[0] == .tensor(try Tensor([true], shape: [])))
        #expect(outputs[1].heldTensor == pair.tensor)
    }

    @Test func whatTheInterfaceCannotMakeIsSaid() throws {
        let empty = EngineProbe.failure {
            _ = try probe.prepare("insert").makeSession().evaluate([.sequence([], elementType: pair.type), other])
        }
        #expect(empty?.code == .invalidInput && empty?.reason.contains("empty sequences") == true)
        let missing = EngineProbe.failure {
            _ = try probe.prepare("has-element").makeSession().evaluate([.optional(nil, elementType: pair.type)])
        }
        #expect(missing?.code == .invalidInput && missing?.reason.contains("missing values") == true)
    }

    @Test func tensorsAreCheckedAsInARun() throws {
        let error = EngineProbe.failure {
            _ = try probe.prepare("affine").makeSession().evaluate([pair])
        }
        #expect(error?.code == .invalidInput && error?.reason == "it takes f32[2x3] and was given f32[2]")
    }
}
