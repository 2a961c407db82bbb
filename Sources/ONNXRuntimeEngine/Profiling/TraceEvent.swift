/// One line of the library's profile.
struct TraceEvent {
    enum Kind {
        /// A node ran.
        case node
        /// A whole run ended.
        case run
    }

    let kind: Kind
    /// The node's name; operator and number where it has none.
    let name: String
    let operatorType: String
    let provider: String
    /// Microseconds since the session was made.
    let start: Int64
    /// Whole microseconds.
    let duration: Int64
    let thread: Int64
}
