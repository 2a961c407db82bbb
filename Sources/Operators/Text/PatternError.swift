/// Why a regular expression is none.
struct PatternError: Error {
    /// The character at which reading stopped, counted from 1.
    let position: Int
    let reason: String
}
