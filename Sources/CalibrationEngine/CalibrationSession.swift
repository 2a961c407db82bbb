import Engines
import Graphs
import Operators
import Tensors

/// One thread's runs of the calibration engine.
final class CalibrationSession: Session {
    private let model: CalibrationModel
    private let isNull: Bool
    private var random: SplitMix64
    /// When the first run of the model began; `nil` before this session's first.
    private var epoch: Int64?
    /// What the last run was given: with the same again there is nothing to check and nothing to allocate.
    private var knownShapes: [Shape] = []
    private var knownTypes: [ElementType] = []
    private var knownSlots: OutputSlots?
    /// What the first run allocated, kept as an arena would be.
    private var arena: MutableTensor?

    init(_ model: CalibrationModel) {
        self.model = model
        isNull = model.behaviour.isNull
        random = SplitMix64(seed: model.behaviour.jitter?.seed ?? 1)
    }

    func run(_ inputs: [Tensor], into outputs: OutputSlots) throws(EngineError) {
        if isNull {
            if !isKnown(inputs, outputs) { try prepare(inputs, outputs) }
            return
        }
        let start = MonotonicClock.now()
        if !isKnown(inputs, outputs) { try prepare(inputs, outputs) }
        behave(from: start)
    }

    func evaluate(_ inputs: [Value]) throws(EngineError) -> [Value] {
        try evaluateTensors(inputs, outputCount: model.outputs.count)
    }

    /// Whether the last run had inputs of the same types and shapes and the same memory for outputs.
    private func isKnown(_ inputs: [Tensor], _ outputs: OutputSlots) -> Bool {
        guard outputs === knownSlots, inputs.count == knownShapes.count else { return false }
        for index in inputs.indices
        where inputs[index].elementType != knownTypes[index] || inputs[index].shape != knownShapes[index] {
            return false
        }
        return true
    }

    private func prepare(_ inputs: [Tensor], _ outputs: OutputSlots) throws(EngineError) {
        try model.contract.check(inputs)
        guard outputs.count == model.outputs.count else {
            throw EngineError(
                .runFailed, subject: model.name,
                reason: "it has \(model.outputs.count) outputs and was given \(outputs.count) slots")
        }
        for (index, output) in model.outputShapes(for: inputs).enumerated() {
            do throws(TensorError) {
                if output.elementType == .string {
                    outputs.set(strings: try Self.emptyStrings(output.shape), at: index)
                } else {
                    // Fresh memory is zeroed, and no run writes to it.
                    _ = try outputs.memory(at: index, elementType: output.elementType, shape: output.shape)
                }
            } catch {
                throw EngineError(
                    .runFailed, subject: "\(model.name), output '\(model.outputs[index].name)'", reason: error.reason)
            }
        }
        (knownShapes, knownTypes) = (inputs.map(\.shape), inputs.map(\.elementType))
        knownSlots = outputs
        if model.behaviour.allocation > 0, arena == nil {
            // Zeroing touches every page.
            arena = try? MutableTensor(elementType: .uint8, shape: Shape([model.behaviour.allocation]))
        }
    }

    private static func emptyStrings(_ shape: Shape) throws(TensorError) -> Tensor {
        guard let count = shape.checkedElementCount, count <= 1 << 24 else {
            throw TensorError(.invalidShape, subject: "output", reason: "the shape \(shape) has too many elements")
        }
        return try Tensor(strings: Array(repeating: "", count: count), shape: shape)
    }

    /// Takes the time that the behaviour says, counted from `start`; nothing is allocated.
    private func behave(from start: Int64) {
        let behaviour = model.behaviour
        let begin = epoch ?? model.epoch.begin(at: start)
        epoch = begin
        let elapsed = max(start - begin, 0)
        let drawn = behaviour.jitter?.draw(&random, latency: Double(behaviour.latency)) ?? 0
        let work = behaviour.work(at: elapsed, jitter: drawn)
        let end = begin + (behaviour.stall?.end(start: elapsed, work: work) ?? elapsed + work)
        if behaviour.ends == .steps {
            StepClock.run(Int64(Double(work) * model.stepRate))
            // What a stall adds is time, however fast the processor is.
            guard end > start + work else { return }
        }
        while MonotonicClock.now() < end {}
    }
}
