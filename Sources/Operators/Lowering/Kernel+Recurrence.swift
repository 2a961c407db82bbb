extension Kernel {
    /// A recurrent network with the standard's own activations, all sequences as long as each other.
    public struct Recurrence: Sendable, Hashable {
        /// What happens at a step.
        public enum Cell: Sendable, Hashable {
            /// The hyperbolic tangent of one sum.
            case plain
            /// One sum, rectified.
            case rectified
            /// Update, reset and hidden gates; the reset gate acts before the recurrent product or after it.
            case gatedUnit(resetsAfter: Bool)
            /// Input, output, forget and cell gates.
            case longShortTerm

            /// Blocks of weights.
            public var gates: Int {
                switch self {
                case .plain, .rectified: 1
                case .gatedUnit: 3
                case .longShortTerm: 4
                }
            }
        }

        /// What happens at a step.
        public var cell: Cell
        /// For each direction, whether it walks backwards.
        public var isReversed: [Bool]
        /// True where sequences are the outer axis of data, states and results.
        public var isBatchFirst: Bool
        /// How many of the results are asked for: all states, the last ones, the last cells.
        public var resultCount: Int

        /// Makes a recurrence.
        public init(cell: Cell, isReversed: [Bool], isBatchFirst: Bool, resultCount: Int) {
            self.cell = cell
            self.isReversed = isReversed
            self.isBatchFirst = isBatchFirst
            self.resultCount = resultCount
        }
    }
}
