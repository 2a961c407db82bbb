public import Graphs

/// A library that runs ONNX models, loaded in this process in one version.
public protocol Engine: Sendable {
    /// What the loaded library says it is.
    var identity: EngineIdentity { get }
    /// What the engine can do beyond running a model.
    var capabilities: EngineCapabilities { get }
    /// Whether the engine can run a node, as far as it knows without trying.
    func supports(_ node: Node, opset: Int) -> Support
    /// Loads and optimises a model; the time this takes is the load time of the record.
    ///
    /// - Throws: `EngineError` when the engine refuses the model; the reason carries the engine's own words.
    func prepare(_ source: ModelSource, options: EngineOptions) throws(EngineError) -> any PreparedModel
}

/// Whether an engine runs a node.
public enum Support: Sendable, Hashable {
    case supported
    case unsupported(reason: String)
    /// Only trying tells.
    case unknown
}

/// A model that an engine has loaded; sessions are made from it, each for one thread of use.
public protocol PreparedModel: Sendable {
    /// The inputs a caller must feed, in order.
    var inputs: [ValueInfo] { get }
    /// The outputs, in order.
    var outputs: [ValueInfo] { get }
    /// The options in force, read back where the engine tells.
    var effectiveOptions: EngineOptions { get }
    /// Nanoseconds in which the model was brought from ONNX into a form of the engine's own, by a tool that is not the engine:
    /// they are no part of the load time.
    var conversion: Int64 { get }
    /// Makes an execution context.
    ///
    /// - Throws: `EngineError`.
    func makeSession() throws(EngineError) -> any Session
}

extension PreparedModel {
    /// Of an engine that reads ONNX itself.
    public var conversion: Int64 { 0 }
}
