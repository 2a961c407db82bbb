import Engines
import Graphs
import Operators

/// The interpreter of `Operators` as an engine.
struct NativeEngine: Engine {
    let identity: EngineIdentity
    let capabilities: EngineCapabilities
    private let library: OneDNNLibrary?
    /// What models may ask for.
    private let catalogue = OperatorCatalogue.standard
    /// What computes them; made with the engine, so that no model waits for it.
    private let kernels = OperatorCatalogue.native

    /// - Parameter library: what computes the heavy operators; `nil` leaves all to the reference kernels.
    init(library: OneDNNLibrary?) {
        self.library = library
        identity = EngineIdentity(
            name: NativeEngineFactory.engineName, version: AssayVersion.current,
            build: library?.build ?? "reference kernels", instructionSet: library?.instructionSet)
        let newestOpset = catalogue.all.filter(\.domain.isEmpty).flatMap(\.signature.versions).max() ?? 0
        capabilities = EngineCapabilities(
            localFunctions: .all, residentTensors: false, newestOpset: newestOpset, newestIRVersion: 13,
            precisions: [.f32])
    }

    /// Supported is what the catalogue knows; functions of the model's own always run.
    func supports(_ node: Node, opset: Int) -> Support {
        guard let target = catalogue.find(domain: node.domain, name: node.operatorType) else {
            return .unsupported(reason: "there is no operator '\(node.operatorType)' of domain '\(node.domain)'")
        }
        guard let first = target.signature.versions.first, opset >= first else {
            return .unsupported(reason: "operator set \(opset) has no \(node.operatorType)")
        }
        return .supported
    }

    func prepare(_ source: ModelSource, options: EngineOptions) throws(EngineError) -> any PreparedModel {
        try OptionCheck(capabilities).check(options)
        return try NativeModel(source, catalogue: kernels, library: library, options: options)
    }
}
