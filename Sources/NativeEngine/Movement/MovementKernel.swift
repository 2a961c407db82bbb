import CVectorKernels

/// Boxes of elements moved from operands to results, a constant written first where there is padding.
struct MovementKernel: DirectKernel {
    /// One box with what it moves between.
    struct Move: Sendable {
        let operand: Int
        let result: Int
        let box: MovementBox
    }

    /// What the first result holds where no box writes.
    struct Background: Sendable {
        /// The operand that holds the constant; zero where `nil`.
        let operand: Int?
        let elementCount: Int
        /// Bytes of an element.
        let width: Int
    }

    /// Fewer bytes than these are not worth a second thread.
    private static let bytesForThreads = 1 << 18

    private let moves: [Move]
    private let background: Background?
    private let isWorthThreads: Bool

    init(_ moves: [Move], background: Background? = nil) {
        self.moves = moves
        self.background = background
        isWorthThreads = moves.reduce(0) { $0 + $1.box.elementCount * $1.box.width } >= Self.bytesForThreads
    }

    func run(_ memory: DirectMemory, _ team: Team) {
        if let background {
            assay_fill(
                memory.results[0], background.operand.map { UnsafeRawPointer(memory.operands[$0]) },
                Int64(background.width), Int64(background.elementCount))
        }
        team.run(limit: isWorthThreads ? .max : 1) { part, parts in
            for move in moves {
                move.box.move(memory.operands[move.operand], memory.results[move.result], part: part, of: parts)
            }
        }
    }
}
