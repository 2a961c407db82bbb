import CVectorKernels

/// Boxes of elements moved from operands to results, a constant written first where there is padding.
struct MovementKernel: DirectKernel {
    /// One box with what it moves between.
    struct Move: Sendable {
        let operand: Int
        let result: Int
        let box: MovementBox
    }

    /// What a result holds where no box writes.
    struct Background: Sendable {
        /// The operand that holds the constant; zero where `nil`.
        let operand: Int?
        let elementCount: Int
        let width: Int
    }

    /// Fewer bytes than these are not worth a second thread.
    private static let bytesForThreads = 1 << 18

    let moves: [Move]
    /// For the first result.
    var background: Background?
    private let isWorthThreads: Bool

    init(_ moves: [Move], width: Int, background: Background? = nil) {
        self.moves = moves
        self.background = background
        isWorthThreads = moves.reduce(0) { $0 + $1.box.elementCount } * width >= Self.bytesForThreads
    }

    func run(_ memory: DirectMemory, _ team: Team) {
        if let background { fill(background, memory) }
        guard isWorthThreads, team.count > 1 else {
            for move in moves { move.box.move(memory.operands[move.operand], memory.results[move.result]) }
            return
        }
        team.run { part, parts in
            for move in moves {
                move.box.move(memory.operands[move.operand], memory.results[move.result], part: part, of: parts)
            }
        }
    }

    private func fill(_ background: Background, _ memory: DirectMemory) {
        var zero: Int64 = 0
        withUnsafeBytes(of: &zero) { zeros in
            guard let base = zeros.baseAddress else { return }
            assay_fill(
                memory.results[0], background.operand.map { UnsafeRawPointer(memory.operands[$0]) } ?? base,
                Int64(background.width), Int64(background.elementCount))
        }
    }
}
