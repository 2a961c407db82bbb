import Engines
import Foundation
import Graphs
import Operators
import Tensors

/// A model made ready for the interpreter, with primitives for its heavy nodes where oneDNN is loaded.
struct NativeModel: PreparedModel {
    let inputs: [ValueInfo]
    let outputs: [ValueInfo]
    let effectiveOptions: EngineOptions
    let name: String
    let contract: InputContract
    let interpreter: PreparedInterpreter
    let threads: ThreadSettings
    /// Plans for fixed shapes; `nil` without oneDNN, or where the model is to run as it was written.
    let plans: PlanLibrary?

    /// Reads and prepares a model.
    ///
    /// - Throws: `EngineError` of code `unsupportedOperator` or `refusedModel` that names the node.
    init(
        _ source: ModelSource, catalogue: OperatorCatalogue, library: OneDNNLibrary?, options: EngineOptions
    ) throws(EngineError) {
        name = source.name
        let read = try Self.read(source)
        var plans: PlanLibrary?
        let effective = Self.effective(options, library)
        do throws(OperatorError) {
            let optimized = try Self.optimized(read, catalogue, options, fuses: library != nil)
            let (model, types) = (optimized.model, optimized.types)
            if let library, options.optimization == .all, model.functions.isEmpty {
                plans = PlanLibrary(optimized.unfused, catalogue, library, threads: effective.threads)
            }
            let chooser = KernelChooser(library: library, options: options, activations: optimized.activations)
            interpreter = try PreparedInterpreter(model, catalogue: catalogue, types: types, choice: chooser.kernel)
            inputs = model.graph.requiredInputs
            outputs = model.graph.outputs.map { ValueInfo($0.name, types.type(of: $0.name) ?? $0.type) }
        } catch {
            throw EngineError(preparing: error, model: source.name)
        }
        contract = InputContract(inputs, model: source.name)
        self.plans = plans
        effectiveOptions = effective
        threads = ThreadSettings(library: library, options: effectiveOptions)
        if library != nil { makePrimitives() }
    }

    func makeSession() throws(EngineError) -> any Session { NativeSession(self) }

    /// Runs the model once on zeros where its inputs have one shape only, so that every primitive is made and every
    /// weight is rearranged before the first timed run; an error will show in a run.
    private func makePrimitives() {
        var zeros: [Tensor] = []
        for input in inputs {
            guard case .tensor(let element, let shape)? = input.type, let shape = shape?.shape, element != .string,
                let tensor = try? MutableTensor(elementType: element, shape: shape).snapshot()
            else { return }
            zeros.append(tensor)
        }
        try? NativeSession(self).run(zeros, into: OutputSlots(count: outputs.count))
    }

    private static func read(_ source: ModelSource) throws(EngineError) -> Model {
        do throws(GraphError) {
            let model = try Model(bytes: source.bytes, name: source.name, baseDirectory: source.directory)
            try model.validate()
            return model
        } catch {
            throw EngineError(error, model: source.name)
        }
    }

    /// The model as it will run; with `optimization: none` as it was written.
    private static func optimized(
        _ model: Model, _ catalogue: OperatorCatalogue, _ options: EngineOptions, fuses: Bool
    ) throws(OperatorError) -> OptimizedModel {
        guard options.optimization == .all else {
            let types = try ShapeInference(catalogue: catalogue).infer(model)
            return OptimizedModel(model: model, types: types, sites: types.sites)
        }
        let rewritten = PortableRewriting.rewritten(model, catalogue: catalogue)
        var optimized = try ConstantFolding.folded(rewritten, catalogue: catalogue)
        optimized.unfused = optimized.model
        if fuses { ActivationFusion.apply(to: &optimized, catalogue: catalogue) }
        return optimized
    }

    /// The reference kernels compute on the thread that calls them; OpenMP reads how to wait when it is loaded.
    private static func effective(_ options: EngineOptions, _ library: OneDNNLibrary?) -> EngineOptions {
        var effective = options
        effective.threads = library.map { ThreadSettings.granted(options.threads, $0) } ?? 1
        let policy = ProcessInfo.processInfo.environment["OMP_WAIT_POLICY"] ?? ""
        effective.spinning = library != nil && effective.threads > 1 && policy.uppercased() == "ACTIVE"
        return effective
    }
}
