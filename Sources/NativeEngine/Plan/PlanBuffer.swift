/// A piece of memory of a plan, and the steps between which it is in use.
struct PlanBuffer: Sendable {
    /// Whose memory it is.
    enum Owner: Sendable {
        /// The plan's own; the place is found when all steps are known.
        case arena
        /// What the caller feeds as this input.
        case input(Int)
        /// Where the caller wants this output.
        case output(Int)
        /// A part of another buffer, from this byte on.
        case part(of: Int, byteOffset: Int)
        /// The model's.
        case constant(Buffer)
    }

    var owner: Owner
    let byteCount: Int
    /// The first step that touches it.
    var first = Int.max
    /// The last step that touches it.
    var last = -1
    /// Where it lies in the arena, in bytes.
    var offset = 0

    /// Notes that a step touches it.
    mutating func touch(_ step: Int) {
        first = min(first, step)
        last = max(last, step)
    }
}
