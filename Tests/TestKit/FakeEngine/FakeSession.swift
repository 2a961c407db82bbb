import Engines
import Foundation
import Operators
import Tensors

/// Runs a fake model: copies, doubles, or goes wrong.
final class FakeSession: Session {
    private let prepared: FakePreparedModel
    private var runs = 0

    init(_ prepared: FakePreparedModel) { self.prepared = prepared }

    func run(_ inputs: [Tensor], into outputs: OutputSlots) throws(EngineError) {
        let model = prepared.model
        defer { runs += 1 }
        if let mishap = model.onRun, runs == model.atRun {
            try Misbehaviour.commit(mishap, protocolDescriptor: prepared.protocolDescriptor)
        }
        if model.runMicroseconds > 0 { usleep(UInt32(model.runMicroseconds)) }
        for (index, input) in inputs.enumerated() { try write(input, at: index, into: outputs, model.arithmetic) }
    }

    /// Copies values that are no tensors, whatever the arithmetic.
    func evaluate(_ inputs: [Value]) throws(EngineError) -> [Value] {
        inputs.allSatisfy { $0.tensor != nil } ? try evaluateTensors(inputs, outputCount: inputs.count) : inputs
    }

    private func write(
        _ input: Tensor, at index: Int, into outputs: OutputSlots, _ arithmetic: FakeModel.Arithmetic
    ) throws(EngineError) {
        guard let bytes = input.bytes else {
            outputs.set(strings: input, at: index)
            return
        }
        let target: MutableTensor
        do { target = try outputs.memory(at: index, elementType: input.elementType, shape: input.shape) } catch {
            throw EngineError(.runFailed, subject: "output \(index)", reason: error.description)
        }
        target.withUnsafeMutableBytes { target in
            bytes.withUnsafeBytes { target.copyMemory(from: $0) }
            guard arithmetic != .copy, input.elementType == .float32 else { return }
            let values = target.bindMemory(to: Float.self)
            for position in values.indices {
                values[position] = arithmetic == .double ? values[position] * 2 : .nan
            }
        }
    }
}
