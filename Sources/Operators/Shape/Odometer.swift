/// Every position of an array with the given extents, in row-major order; no axes make one position.
struct Odometer: Sequence, IteratorProtocol {
    private let extents: [Int]
    private var position: [Int]?

    /// Starts at the origin.
    init(_ extents: some Sequence<Int>) {
        self.extents = Array(extents)
        position = self.extents.allSatisfy { $0 > 0 } ? [Int](repeating: 0, count: self.extents.count) : nil
    }

    /// The present position; steps on.
    mutating func next() -> [Int]? {
        guard let current = position else { return nil }
        var following = current
        var axis = extents.count - 1
        while axis >= 0 {
            following[axis] += 1
            if following[axis] < extents[axis] { break }
            following[axis] = 0
            axis -= 1
        }
        position = axis < 0 ? nil : following
        return current
    }
}
