import Assets
import Engines
import Graphs
import Operators
import Records
import Tensors

/// The range of the activations of a model with random weights, with every inner value made an output: where they vanish or
/// run away, times would be those of denormals and infinities.
struct ActivationPass: Sendable {
    let spec: BenchSpec
    let stack: PreparedStack
    let context: StudyContext

    /// Where activations should lie.
    static let range = 1e-3...1e3

    /// What was found in one model.
    struct Report: Sendable {
        let model: String
        /// Values that depend on the input and are read by a node.
        var layers = 0
        /// The smallest root mean square of a layer, and the layer.
        var least = Double.infinity
        var leastLayer = ""
        /// The largest magnitude in a layer, and the layer.
        var largest = 0.0
        var largestLayer = ""
        var outcome = Outcome.State.completed

        var isWithin: Bool { layers > 0 && range.contains(least) && range.contains(largest) }
        private var range: ClosedRange<Double> { ActivationPass.range }

        mutating func add(_ name: String, _ values: [Double]) {
            guard !values.isEmpty else { return }
            layers += 1
            let square = (values.reduce(0) { $0 + $1 * $1 } / Double(values.count)).squareRoot()
            let most = values.reduce(0) { max($0, abs($1)) }
            if square < least || !square.isFinite { (least, leastLayer) = (square, name) }
            if most > largest || !most.isFinite { (largest, largestLayer) = (most, name) }
        }
    }

    /// Runs the model once with taps.
    ///
    /// - Throws: `GraphError`, `OperatorError` or `StudyError` where the model cannot be tapped.
    func run(_ subject: BenchSubject, folder: String) async throws -> Report {
        let variant = try subject.variant(batch: 1, folder: folder)
        let (model, taps) = try Self.tapped(try Model(contentsOf: variant.file.path))
        var file = variant.file
        file.path = folder + "/taps.onnx"
        try model.write(to: file.path)
        var report = Report(model: variant.file.name)
        do throws(WorkerError) {
            let seat = try await StackSeat.start(
                stack, index: 0, model: file, limits: spec.limits, launcher: context.launcher)
            defer { seat.client.kill() }
            let result = try await seat.client.run(
                seat.loaded, seat.ordered(variant.inputs), limit: spec.limits.run)
            for (info, tensor) in zip(seat.loaded.outputs, result.outputs) where taps.contains(info.name) {
                report.add(info.name, (try? tensor.doubles()) ?? [])
            }
        } catch {
            report.outcome = Outcome.State(error)
            context.progress.report(.warned("activations of \(variant.file.name): \(error)"))
        }
        return report
    }

    /// The model with every real value that depends on the input, and that something reads, among its outputs.
    static func tapped(_ model: Model) throws -> (model: Model, taps: Set<String>) {
        var model = model
        let typed = try ShapeInference(catalogue: .standard).infer(model)
        let read = Set(model.graph.nodes.flatMap(\.inputs)).union(model.graph.outputs.map(\.name))
        var dependent = Set(model.graph.requiredInputs.map(\.name))
        var taps: Set<String> = []
        for node in model.graph.nodes where !dependent.isDisjoint(with: node.inputs) {
            dependent.formUnion(node.outputs.filter { !$0.isEmpty })
            for name in node.outputs where read.contains(name) {
                guard let type = typed.facts[name]?.type, case .tensor(let element, _) = type,
                    element.isFloatingPoint
                else { continue }
                taps.insert(name)
                try model.graph.addOutput(name, type: type)
            }
        }
        return (model, taps)
    }
}
