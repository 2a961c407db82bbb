import CONNXRuntime
import Engines
import Tensors

/// The newest operator set and file format that the loaded release accepts, found by trying.
struct FormatLimits {
    /// The newest operator set of the standard domain.
    let opset: Int
    /// The newest `ir_version`.
    let irVersion: Int

    /// What release 1.16 accepts, from which the search starts.
    private static let oldest = FormatLimits(opset: 19, irVersion: 9)
    /// Where the search ends, far above any release so far.
    private static let ceiling = 60

    private init(opset: Int, irVersion: Int) {
        self.opset = opset
        self.irVersion = irVersion
    }

    /// Loads one-node models of rising versions until one is refused; under 10 ms together.
    ///
    /// - Throws: `EngineError` when not even the oldest is accepted.
    init(probing runtime: Runtime) throws(EngineError) {
        let options = try SessionOptions(EngineOptions(), runtime: runtime, directory: nil)
        let oldest = Self.oldest
        try Self.load(oldest, options)
        var opset = oldest.opset
        while opset < Self.ceiling, Self.accepts(FormatLimits(opset: opset + 1, irVersion: oldest.irVersion), options) {
            opset += 1
        }
        var irVersion = oldest.irVersion
        while irVersion < Self.ceiling,
            Self.accepts(FormatLimits(opset: oldest.opset, irVersion: irVersion + 1), options)
        {
            irVersion += 1
        }
        self.init(opset: opset, irVersion: irVersion)
    }

    private static func accepts(_ limits: FormatLimits, _ options: borrowing SessionOptions) -> Bool {
        (try? load(limits, options)) != nil
    }

    private static func load(_ limits: FormatLimits, _ options: borrowing SessionOptions) throws(EngineError) {
        let source = ModelSource(
            name: "opset \(limits.opset), IR version \(limits.irVersion)",
            bytes: TypeProbe.identity(of: .float32, opset: limits.opset, irVersion: limits.irVersion), directory: nil,
            isOriginal: false)
        options.runtime.api.pointee.ReleaseSession(try options.load(source))
    }
}
