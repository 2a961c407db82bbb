import CVectorKernels

/// Element-wise functions one after the other on blocks that stay in the cache: one pass over memory for all of them.
struct ChainKernel: DirectKernel, @unchecked Sendable {
    /// One function; the first reads the first operand, each other one what the one before it wrote.
    enum Step {
        case unary(UnaryFunction)
        /// The other operand, of as many elements or of one, and whether it comes first.
        case binary(AssayBinaryFunction, operand: Int, isSingle: Bool, comesFirst: Bool)
    }

    /// Elements of a block.
    private static let blockCount = 4096
    /// Fewer elements than these are not worth a second thread.
    private static let elementsForThreads = 1 << 15

    let steps: [Step]
    let elementCount: Int

    func run(_ memory: DirectMemory, _ team: Team) {
        let limit = elementCount >= Self.elementsForThreads ? Int.max : 1
        let blocks = (elementCount + Self.blockCount - 1) / Self.blockCount
        team.run(limit: min(limit, blocks)) { part, parts in
            for block in Team.share(blocks, part: part, of: parts) {
                let start = block * Self.blockCount
                apply(start, count: min(Self.blockCount, elementCount - start), memory)
            }
        }
    }

    private func apply(_ start: Int, count: Int, _ memory: DirectMemory) {
        let result = memory.result + start
        var current = memory.source(0) + start
        for step in steps {
            switch step {
            case .unary(let function): function.apply(result, current, Int64(count), function.a, function.b)
            case .binary(let function, let operand, let isSingle, let comesFirst):
                let other = memory.source(operand) + (isSingle ? 0 : start)
                let step: Int64 = isSingle ? 0 : 1
                if comesFirst {
                    function(result, other, current, Int64(count), step, 1)
                } else {
                    function(result, current, other, Int64(count), 1, step)
                }
            }
            current = UnsafePointer(result)
        }
    }
}
