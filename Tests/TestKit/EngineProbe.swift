public import Engines
public import Tensors

/// One engine of a test: loads models and runs them once or several times.
public struct EngineProbe: Sendable {
    /// The engine under test.
    public let engine: any Engine

    /// Takes an engine.
    public init(_ engine: any Engine) { self.engine = engine }

    /// Prepares a model of `TestModels`.
    public func prepare(_ model: String, _ options: EngineOptions = EngineOptions()) throws -> any PreparedModel {
        try engine.prepare(try TestModels.source(model), options: options)
    }

    /// Runs a model of `TestModels` once, in a session of its own.
    public func run(
        _ model: String, _ inputs: [Tensor], _ options: EngineOptions = EngineOptions()
    ) throws -> [Tensor] {
        let prepared = try prepare(model, options)
        let slots = OutputSlots(count: prepared.outputs.count)
        try prepared.makeSession().run(inputs, into: slots)
        return try slots.snapshot()
    }

    /// The error that an action ends in; `nil` when it succeeds.
    public static func failure(_ action: () throws -> Void) -> EngineError? {
        do { try action() } catch { return error as? EngineError }
        return nil
    }
}
