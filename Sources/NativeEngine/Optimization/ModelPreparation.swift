import Engines
import Graphs
import Operators

/// The way of a model from its file to what plans and the interpreter run.
struct ModelPreparation: Sendable {
    let source: ModelSource
    let catalogue: OperatorCatalogue
    /// What computes heavy nodes; `nil` leaves all to the reference kernels.
    let library: OneDNNLibrary?
    /// Those in effect.
    let options: EngineOptions

    /// The model as it was written.
    ///
    /// - Throws: `EngineError` of code `refusedModel`.
    func read() throws(EngineError) -> Model {
        do throws(GraphError) {
            let model = try Model(bytes: source.bytes, name: source.name, baseDirectory: source.directory)
            try model.validate()
            return model
        } catch {
            throw EngineError(error, model: source.name)
        }
    }

    /// The model with its quantised parts as kernels of their own, and by the portable passes.
    func rewritten(_ model: Model) -> Model {
        let quantization = library.map { library in
            QuantizationFusion(
                quantizesActivations: options.extra[OptionCheck.dynamicQuantization] == "on",
                keepsWeights: QuantizedKernels.outrunsReals, fusesConvolutions: library.sumsBytesExactly)
        }
        return PortableRewriting.rewritten(model, catalogue: catalogue, quantization: quantization)
    }

    /// A model made ready to run node by node, and what is known of its values.
    ///
    /// - Throws: `EngineError` of code `unsupportedOperator` or `refusedModel` that names the node.
    func interpreter(
        _ model: Model
    ) throws(EngineError) -> (interpreter: PreparedInterpreter, types: TypedModel) {
        do throws(OperatorError) {
            let types = try ShapeInference(catalogue: catalogue).infer(model)
            var (fused, choice) = (model, KernelChoice?.none)
            if let library {
                var chooser = KernelChooser(library: library, options: options)
                if options.optimization == .all {
                    let fusion = ActivationFusion(model, sites: types.sites, catalogue: catalogue)
                    (fused, chooser.activations) = (fusion.model, fusion.activations)
                }
                choice = chooser.kernel
            }
            return (try PreparedInterpreter(fused, catalogue: catalogue, types: types, choice: choice), types)
        } catch {
            throw EngineError(preparing: error, model: source.name)
        }
    }
}
