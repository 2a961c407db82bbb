import Tensors

/// A scale, zero point or bias of a kernel: how many numbers there are, and where in its memory.
struct ParameterOperand {
    /// Its place among the operands of the direct kernel.
    let position: Int
    let elementType: ElementType
    let count: Int

    /// As many numbers as are asked for: where they lie, or written out into working memory.
    func floats(
        _ memory: DirectMemory, count wanted: Int, scratch: UnsafeMutableRawPointer
    ) -> UnsafeMutablePointer<Float> {
        let source = memory.operands[position].assumingMemoryBound(to: Float.self)
        if count == wanted { return source }
        let target = scratch.assumingMemoryBound(to: Float.self)
        target.update(repeating: source[0], count: wanted)
        return target
    }

    /// As many integers as are asked for, written out into working memory, each plus an offset.
    func integers(
        _ memory: DirectMemory, count wanted: Int, offset: Int32, scratch: UnsafeMutableRawPointer
    ) -> UnsafeMutablePointer<Int32> {
        let target = scratch.assumingMemoryBound(to: Int32.self)
        let source = memory.operands[position]
        for index in 0..<wanted {
            target[index] = Self.integer(source, elementType, count == 1 ? 0 : index) &+ offset
        }
        return target
    }

    /// The only number.
    func integer(_ memory: DirectMemory) -> Int32 { Self.integer(memory.operands[position], elementType, 0) }

    /// The only number.
    func float(_ memory: DirectMemory) -> Float {
        memory.operands[position].assumingMemoryBound(to: Float.self)[0]
    }

    private static func integer(_ source: UnsafeMutableRawPointer, _ type: ElementType, _ index: Int) -> Int32 {
        switch type {
        case .int8: Int32(source.assumingMemoryBound(to: Int8.self)[index])
        case .int32: source.assumingMemoryBound(to: Int32.self)[index]
        default: Int32(source.assumingMemoryBound(to: UInt8.self)[index])
        }
    }
}
