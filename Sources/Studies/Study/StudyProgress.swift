/// What a study tells while it works; a terminal draws it, a test ignores it.
public struct StudyProgress: Sendable {
    /// One thing to tell.
    public enum Event: Sendable, Hashable {
        /// A part begins: `mobilenet-v2 on onnxruntime 1.31.1`.
        case began(String)
        /// So many of so many steps of the present part are done.
        case advanced(done: Int, of: Int)
        /// Something worth a line of its own.
        case noted(String)
        /// Something went wrong and the study goes on.
        case warned(String)
    }

    private let sink: @Sendable (Event) -> Void

    /// Makes a progress line; `sink` may be called from any thread.
    public init(_ sink: @escaping @Sendable (Event) -> Void) { self.sink = sink }

    /// Tells nobody.
    public static let silent = StudyProgress { _ in }

    /// Tells.
    public func report(_ event: Event) { sink(event) }
}
