import Engines
import Graphs
import Operators
import Records
import Tensors

/// One example of an operator, ready for engines: its model, what to feed, and what the reference kernels give.
struct SupportExample: Sendable {
    let target: String
    let name: String
    let inputs: [String: Tensor]
    /// The outputs of the reference interpreter in the order of the model.
    let expected: [(name: String, tensor: Tensor)]
    /// Why no session can run it; `nil` where one can.
    let obstacle: String?
    private let source: ExampleModel

    /// Computes the reference.
    ///
    /// - Throws: `OperatorError` where an example breaks its operator's own rules, which is a mistake in the catalogue.
    init(_ source: ExampleModel) throws(OperatorError) {
        self.source = source
        target = source.target.title
        name = source.example.name
        inputs = source.inputs.compactMapValues(\.tensor)
        let outputs = try PreparedInterpreter(source.model).run(values: source.inputs)
        expected = source.model.graph.outputs.compactMap { info in
            outputs[info.name]?.tensor.map { (info.name, $0) }
        }
        let isOfTensors = inputs.count == source.inputs.count && expected.count == source.model.graph.outputs.count
        obstacle = isOfTensors ? nil : "sessions carry neither sequences nor optional values"
    }

    /// The model in a form that an engine takes: functions inlined where it runs none, the lowest sufficient IR version.
    ///
    /// - Throws: `GraphError` when it cannot be written.
    func modelSource(for capabilities: EngineCapabilities) throws(GraphError) -> ModelSource {
        var model = source.model
        if capabilities.localFunctions == .none { model = try model.inlined() }
        model.irVersion = model.lowestSufficientIRVersion
        return ModelSource(
            name: "\(target)/\(name)", bytes: try model.serialized(), directory: nil, isOriginal: false)
    }

    /// Why an engine is not asked at all; `nil` where it is.
    func refusal(by capabilities: EngineCapabilities) -> String? {
        let opset = source.model.opsets[""] ?? 0
        let version = source.model.lowestSufficientIRVersion
        if opset > capabilities.newestOpset {
            return "it needs operator set \(opset), and the newest that the engine takes is \(capabilities.newestOpset)"
        }
        if version > capabilities.newestIRVersion {
            return "it needs IR version \(version), and the newest that the engine takes is "
                + "\(capabilities.newestIRVersion)"
        }
        return nil
    }

    /// Compares what an engine gave with the reference; of random operators only types and shapes.
    func compare(_ outputs: [String: Tensor]) -> SupportCase.State {
        var worst = 0.0
        for (name, reference) in expected {
            guard let output = outputs[name] else { return .differs("there is no output '\(name)'") }
            let comparison = TensorComparison(
                output, reference: reference, tolerance: source.target.agreement.tolerance(for: reference.elementType))
            let isDrawn = source.target.agreement == .random
            switch comparison.outcome {
            case .agrees: if !isDrawn { worst = max(worst, comparison.agreement) }
            case .nonFinite, .values: if !isDrawn { return .differs("\(name) \(Self.words(comparison))") }
            case .shape, .elementType: return .differs("\(name): \(comparison)")
            }
        }
        return .agrees(worst)
    }

    /// `by 0.0103 at [0, 0]: -98 should be -97`.
    private static func words(_ comparison: TensorComparison) -> String {
        let distance =
            comparison.outcome == .nonFinite ? "" : "by \(MetricUnit.number.format(comparison.agreement)) "
        guard let index = comparison.worstIndex, comparison.worstValues.count == 2 else { return distance }
        let values = comparison.worstValues.map { Double($0).map(MetricUnit.number.format) ?? $0 }
        return distance + "at \(index): \(values[0]) should be \(values[1])"
    }
}

extension Operators.Agreement {
    /// How far the outputs of two correct implementations may lie apart; small types round more coarsely.
    func tolerance(for element: ElementType) -> Tolerance {
        let rounding: Double =
            switch element {
            case .float16: 0x1p-10
            case .bfloat16: 0x1p-7
            default: 0
            }
        let bound = self == .exact ? 0 : max(relativeTolerance, rounding)
        return .agreement(bound, nanEqualsNaN: true)
    }
}

extension Operators.Operator {
    /// The name, with the domain where that is not the standard one.
    var title: String { domain.isEmpty ? name : "\(domain)::\(name)" }
}
