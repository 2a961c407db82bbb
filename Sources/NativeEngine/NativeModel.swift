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
        let effective = Self.effective(options, library)
        (effectiveOptions, threads) = (effective, ThreadSettings(library: library, options: effective))
        let preparation = ModelPreparation(source: source, catalogue: catalogue, library: library, options: effective)
        let read = try preparation.read()
        inputs = read.graph.requiredInputs
        contract = InputContract(inputs, model: source.name)
        let rewritten = { @Sendable () throws(EngineError) in
            try preparation.interpreter(preparation.rewritten(try preparation.read())).interpreter
        }
        var model = read
        // Of branches that are decided by what is fed, most are never taken: what is left is rewritten once they are.
        let branches = library != nil && options.optimization == .all ? FedBranches(in: read.graph) : .none
        if options.optimization == .all {
            if branches == .none {
                model = preparation.rewritten(read)
                // Most weights were read for the last time, or are now in the rewritten model.
                source.bytes.releasePages()
            }
            let prepared = model
            plans = library.map { library in
                PlanLibrary(
                    prepared, catalogue, library, threads: effective.threads, branches: branches,
                    rewriting: preparation.rewritten)
            }
        } else {
            plans = nil
        }
        if let plans, branches == .none, let results = try Self.compiled(plans, inputs, threads) {
            outputs = zip(read.graph.outputs, results).map { ValueInfo($0.name, $1) }
            // Its memory is worth more than the time to read the model again for inputs of no alignment.
            interpreter = LazyInterpreter(source.name, rewritten)
        } else {
            let (made, types) = try preparation.interpreter(model)
            interpreter =
                branches == .none ? LazyInterpreter(source.name, made) : LazyInterpreter(source.name, rewritten)
            outputs = model.graph.outputs.map { ValueInfo($0.name, types.type(of: $0.name) ?? $0.type) }
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

    /// The reference kernels compute on the thread that calls them; OpenMP reads how to wait when it is loaded.
    private static func effective(_ options: EngineOptions, _ library: OneDNNLibrary?) -> EngineOptions {
        var effective = options
        effective.threads = library.map { ThreadSettings.granted(options.threads, $0) } ?? 1
        let policy = ProcessInfo.processInfo.environment["OMP_WAIT_POLICY"] ?? ""
        effective.spinning = library != nil && effective.threads > 1 && policy.uppercased() == "ACTIVE"
        return effective
    }
}
