import Engines
import Graphs
import Operators

/// An engine of known behaviour.
struct CalibrationEngine: Engine {
    let identity = EngineIdentity(
        name: CalibrationFactory.engineName, version: AssayVersion.current, build: "computes nothing")
    /// No node is run, so any operator set and any version of the format will do.
    let capabilities = EngineCapabilities(
        localFunctions: .all, residentTensors: false, newestOpset: 99, newestIRVersion: 99,
        precisions: Precision.allCases)

    func supports(_ node: Node, opset: Int) -> Support { .supported }

    func prepare(_ source: ModelSource, options: EngineOptions) throws(EngineError) -> any PreparedModel {
        try options.requireProcessor(of: identity.name)
        let behaviour = try Behaviour(options.extra)
        return try CalibrationModel(source, behaviour: behaviour, options: options)
    }
}
