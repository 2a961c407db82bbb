public import Engines

/// Makes the calibration engine: it takes any model's interface, computes nothing, and takes as long as it is told.
///
/// What an instrument shows of an engine whose times are known is the instrument's own error.
public struct CalibrationFactory: EngineFactory {
    static let engineName = BuiltInEngine.calibration

    /// Makes the factory.
    public init() {}

    /// Always `calibration`.
    public var name: String { Self.engineName }

    /// Makes the engine; there is nothing to open.
    public func load(libraries: String?) throws(EngineError) -> any Engine { CalibrationEngine() }
}
