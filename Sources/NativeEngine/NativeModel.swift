import Engines
import Foundation
import Graphs
import Operators
import Tensors

/// A model made ready to run: compiled for the shapes of its inputs where oneDNN is loaded, interpreted otherwise.
struct NativeModel: PreparedModel {
    let inputs: [ValueInfo]
    let outputs: [ValueInfo]
    let effectiveOptions: EngineOptions
    let name: String
    let contract: InputContract
    let interpreter: LazyInterpreter
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
        let effective = Self.effective(options, library)
        (effectiveOptions, threads) = (effective, ThreadSettings(library: library, options: effective))
        inputs = read.graph.requiredInputs
        contract = InputContract(inputs, model: source.name)
        guard options.optimization == .all else {
            plans = nil
            (interpreter, outputs) = try Self.interpreted(read, source, catalogue, library, options)
            return
        }
        let rewritten = Self.rewritten(read, catalogue, library, options)
        // Most weights were read for the last time, or are now in the rewritten model.
        source.bytes.releasePages()
        plans = library.map { PlanLibrary(rewritten, catalogue, $0, threads: effective.threads) }
        if let plans, let results = try Self.compiled(plans, inputs, threads) {
            outputs = zip(read.graph.outputs, results).map { ValueInfo($0.name, $1) }
            // Its memory is worth more than the time to read the model again for inputs of no alignment.
            interpreter = LazyInterpreter(source.name) { () throws(EngineError) in
                let model = Self.rewritten(try Self.read(source), catalogue, library, options)
                return try Self.interpreter(model, source, catalogue, library, options).interpreter
            }
        } else {
            (interpreter, outputs) = try Self.interpreted(rewritten, source, catalogue, library, options)
        }
    }

    func makeSession() throws(EngineError) -> any Session { NativeSession(self) }

    /// Compiles the model where its inputs have one shape only; the types of the outputs, or `nil` where it must be
    /// interpreted or its shapes are open.
    private static func compiled(
        _ plans: PlanLibrary, _ inputs: [ValueInfo], _ threads: ThreadSettings
    ) throws(EngineError) -> [ValueType]? {
        var shapes: [Shape] = []
        for input in inputs {
            guard case .tensor(_, let shape?)? = input.type, let shape = shape.shape else { return nil }
            shapes.append(shape)
        }
        let fixed = shapes
        return try threads.apply { () throws(EngineError) in try plans.settle(fixed) }?.map {
            .tensor($0.elementType, SymbolicShape($0.shape))
        }
    }

    private static func interpreted(
        _ model: Model, _ source: ModelSource, _ catalogue: OperatorCatalogue, _ library: OneDNNLibrary?,
        _ options: EngineOptions
    ) throws(EngineError) -> (LazyInterpreter, [ValueInfo]) {
        let (made, types) = try interpreter(model, source, catalogue, library, options)
        let outputs = model.graph.outputs.map { ValueInfo($0.name, types.type(of: $0.name) ?? $0.type) }
        let lazy = LazyInterpreter(source.name) { () throws(EngineError) in made }
        try lazy.prepare()
        return (lazy, outputs)
    }

    private static func interpreter(
        _ model: Model, _ source: ModelSource, _ catalogue: OperatorCatalogue, _ library: OneDNNLibrary?,
        _ options: EngineOptions
    ) throws(EngineError) -> (interpreter: PreparedInterpreter, types: TypedModel) {
        do throws(OperatorError) {
            let optimized = try optimized(model, catalogue, options, fuses: library != nil)
            let chooser = KernelChooser(library: library, options: options, activations: optimized.activations)
            let interpreter = try PreparedInterpreter(
                optimized.model, catalogue: catalogue, types: optimized.types, choice: chooser.kernel)
            return (interpreter, optimized.types)
        } catch {
            throw EngineError(preparing: error, model: source.name)
        }
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

    /// The model as the interpreter will run it; with `optimization: none` as it was written.
    private static func optimized(
        _ model: Model, _ catalogue: OperatorCatalogue, _ options: EngineOptions, fuses: Bool
    ) throws(OperatorError) -> OptimizedModel {
        guard options.optimization == .all else {
            let types = try ShapeInference(catalogue: catalogue).infer(model)
            return OptimizedModel(model: model, types: types, sites: types.sites)
        }
        var optimized = try ConstantFolding.folded(model, catalogue: catalogue)
        if fuses { ActivationFusion.apply(to: &optimized, catalogue: catalogue) }
        return optimized
    }

    /// The model with its quantised parts as kernels of their own, then by the portable passes: what is folded becomes reals,
    /// and quantised kernels read bytes.
    private static func rewritten(
        _ model: Model, _ catalogue: OperatorCatalogue, _ library: OneDNNLibrary?, _ options: EngineOptions
    ) -> Model {
        let quantized = library.map { library in
            QuantizationFusion(
                quantizesActivations: options.extra[OptionCheck.dynamicQuantization] == "on",
                fusesConvolutions: library.sumsBytesExactly
            ).apply(to: model)
        }
        return PortableRewriting.rewritten(quantized ?? model, catalogue: catalogue)
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
