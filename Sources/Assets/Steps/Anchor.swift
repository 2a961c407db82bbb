/// Where a smaller picture lies in a larger one.
public enum Anchor: String, Sendable, Hashable, CaseIterable {
    /// In the middle; an odd remainder goes to the right and the bottom.
    case center
    /// In the upper left corner.
    case topLeft

    func offset(_ outer: Int, _ inner: Int) -> Int { self == .center ? (outer - inner) / 2 : 0 }
}
