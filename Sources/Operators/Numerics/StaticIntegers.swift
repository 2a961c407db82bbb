import Graphs

/// A list of integers that older versions of an operator take as an attribute and newer ones as an input, as far as it is
/// known before the call runs.
enum StaticIntegers: Equatable {
    /// Neither attribute nor input is given.
    case absent
    case known([Int])
    /// An input whose value is not constant; its length where that is known.
    case unknown(count: Int?)

    /// The list where it is known, and where it is absent `fallback`.
    func known(or fallback: [Int]) -> [Int]? {
        switch self {
        case .absent: fallback
        case .known(let values): values
        case .unknown: nil
        }
    }
}
