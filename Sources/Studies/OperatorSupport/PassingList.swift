/// The examples on which one engine agrees with the reference kernels, as a text file keeps them: one
/// `operator/example` a line, sorted, after a comment that names the engine.
///
/// A test holds each list: an example that changes side without an edit of the list fails.
public struct PassingList: Sendable, Hashable {
    /// The engine with the version that its library reports.
    public var engine: String
    /// The examples, as `Add/both stretched`.
    public var cases: Set<String>

    /// The list of a stack; `nil` where it could not be opened.
    public init?(_ support: StackSupport) {
        guard let identity = support.identity else { return nil }
        engine = EngineList.title(identity)
        cases = Set(support.cases.filter(\.agrees).map(\.path))
    }

    /// Reads a file; `nil` when the comment is missing.
    public init?(text: String) {
        guard let list = EngineList(text: text) else { return nil }
        engine = list.engine
        cases = Set(list.lines)
    }

    /// The file.
    public var text: String {
        EngineList.text(
            engine: engine,
            comments: [
                "One operator/example a line, where its outputs agree with the reference kernels.",
                "Written by `assay operators --write-lists Conformance`, and held by a test.",
            ], lines: cases.sorted())
    }

    /// The name of the file for an engine: `examples-onnxruntime.txt`.
    public static func fileName(engine: String) -> String { "examples-\(engine).txt" }
}
