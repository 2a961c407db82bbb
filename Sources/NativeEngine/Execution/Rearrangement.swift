import COneDNN
import Engines

/// Primitives that move elements from one layout into another.
enum Rearrangement {
    /// Makes the primitive; its arguments are the source and the result.
    ///
    /// - Throws: `EngineError`.
    static func make(from source: Layout, to result: Layout) throws(EngineError) -> Primitive {
        guard let description = try PrimitiveDescription(reordering: source, to: result, source.library) else {
            throw EngineError(.runFailed, subject: "oneDNN", reason: "it cannot rearrange a tensor")
        }
        return try Primitive(
            description,
            [
                Primitive.Argument(index: ONEDNN_ARGUMENT_SOURCE, layout: source),
                Primitive.Argument(index: ONEDNN_ARGUMENT_DESTINATION, layout: result),
            ])
    }
}
