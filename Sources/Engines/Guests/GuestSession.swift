import Operators
import Tensors

/// A session whose runs are a guest's.
final class GuestSession: Session {
    private let process: GuestProcess
    private let model: Int
    /// Keeps the model loaded as long as the session lives.
    private let owner: GuestModel
    private(set) var detour: Int64 = 0
    private(set) var route: String?
    private(set) var transfer: Int64?

    init(_ process: GuestProcess, model: Int, of owner: GuestModel) {
        self.process = process
        self.model = model
        self.owner = owner
    }

    func run(_ inputs: [Tensor], into outputs: OutputSlots) throws(EngineError) {
        let start = MonotonicClock.now()
        let reply: GuestRun = try process.call(
            .run, RunRequest(model: model, inputs: inputs.map(AttachedTensor.init)))
        guard reply.outputs.count == outputs.count else {
            throw EngineError(
                .runFailed, subject: "run",
                reason: "the engine gave \(reply.outputs.count) outputs and the model has \(outputs.count)")
        }
        for (index, output) in reply.outputs.enumerated() { try keep(output.tensor, at: index, in: outputs) }
        route = reply.route
        if let moved = reply.transferNanoseconds {
            // No part of a run is longer than the run.
            transfer = (transfer ?? 0) + min(max(moved, 0), reply.nanoseconds)
        }
        detour += MonotonicClock.now() - start - reply.nanoseconds
    }

    func evaluate(_ inputs: [Value]) throws(EngineError) -> [Value] {
        guard inputs.contains(where: { $0.heldTensor == nil }) else {
            return try evaluateTensors(inputs, outputCount: owner.outputs.count)
        }
        let reply: EvaluateReply = try process.call(
            .evaluate, EvaluateRequest(model: model, inputs: inputs.map(AttachedValue.init)))
        return reply.outputs.map(\.value)
    }

    func takeProfile() throws(EngineError) -> EngineProfile {
        try process.call(.job, JobRequest(job: "takeProfile", request: ModelNumber(model: model)))
    }

    private func keep(_ tensor: Tensor, at index: Int, in outputs: OutputSlots) throws(EngineError) {
        guard tensor.elementType != .string else { return outputs.set(strings: tensor, at: index) }
        do throws(TensorError) {
            try outputs.memory(at: index, elementType: tensor.elementType, shape: tensor.shape).write(tensor)
        } catch {
            throw EngineError(.runFailed, subject: error.subject, reason: error.reason)
        }
    }
}
