extension Kernel {
    /// How a slice walks along the axes of its data: every axis is named.
    public struct Walk: Sendable, Hashable {
        /// The first positions.
        public var starts: [Int]
        /// The distances between positions, which may be negative.
        public var steps: [Int]
        /// How many positions there are.
        public var counts: [Int]

        /// Makes a walk.
        public init(starts: [Int], steps: [Int], counts: [Int]) {
            self.starts = starts
            self.steps = steps
            self.counts = counts
        }
    }
}
