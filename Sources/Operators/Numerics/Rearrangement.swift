import Tensors

/// A computation that moves elements without reading them, so that only their width matters.
protocol RearrangementKernel {
    /// `zero` is the element that stands for nothing: 0, false, or the empty string.
    func run<T: Sendable>(_ elements: [T], zero: T) throws(OperatorError) -> [T]
}

extension Tensor {
    /// The elements moved by a kernel into a tensor of another shape; works for every element type, strings included.
    func rearranged<Kernel: RearrangementKernel>(
        to shape: Shape, _ kernel: Kernel, path: String
    ) throws(OperatorError) -> Tensor {
        if let strings {
            let moved = try kernel.run(strings, zero: "")
            do { return try Tensor(strings: moved, shape: shape) } catch {
                throw OperatorError(.shape, subject: path, reason: error.description)
            }
        }
        switch elementType.bitWidth {
        case 8: return try moved(UInt8.self, .uint8, to: shape, kernel, path)
        case 16: return try moved(UInt16.self, .uint16, to: shape, kernel, path)
        case 32: return try moved(UInt32.self, .uint32, to: shape, kernel, path)
        case 64: return try moved(UInt64.self, .uint64, to: shape, kernel, path)
        case 128: return try moved(pairs: shape, kernel, path)
        default: return try moved(packed: shape, kernel, path)
        }
    }

    /// The elements at row-major positions, in a tensor of another shape.
    func gathered(_ positions: [Int], shape: Shape, path: String) throws(OperatorError) -> Tensor {
        try rearranged(to: shape, PositionGather(positions: positions), path: path)
    }

    private func moved<Word: Number, Kernel: RearrangementKernel>(
        _ word: Word.Type, _ wordType: ElementType, to target: Shape, _ kernel: Kernel, _ path: String
    ) throws(OperatorError) -> Tensor {
        let words: [Word] = try Tensor.reinterpreting(bytes, as: wordType, shape, path).elements(path)
        let result = try Tensor.make(try kernel.run(words, zero: Word.zero), target, path)
        return try Tensor.reinterpreting(result.bytes, as: elementType, target, path)
    }

    private func moved<Kernel: RearrangementKernel>(
        pairs target: Shape, _ kernel: Kernel, _ path: String
    ) throws(OperatorError) -> Tensor {
        let words: [UInt64] = try Tensor.reinterpreting(bytes, as: .uint64, [elementCount, 2], path).elements(path)
        let pairs = stride(from: 0, to: words.count, by: 2).map { (words[$0], words[$0 + 1]) }
        let result = try kernel.run(pairs, zero: (0, 0)).flatMap { [$0.0, $0.1] }
        return try Tensor.reinterpreting(
            try Tensor.make(result, [result.count], path).bytes, as: elementType, target, path)
    }

    private func moved<Kernel: RearrangementKernel>(
        packed target: Shape, _ kernel: Kernel, _ path: String
    ) throws(OperatorError) -> Tensor {
        guard let bytes else { throw OperatorError(.type, subject: path, reason: "a tensor without bytes") }
        let result = PackedBits.pack(
            try kernel.run(
                PackedBits.unpack(bytes.array, width: elementType.bitWidth, count: elementCount), zero: UInt8(0)),
            width: elementType.bitWidth)
        return try Tensor.reinterpreting(Bytes(copying: result), as: elementType, target, path)
    }

    static func reinterpreting(
        _ bytes: Bytes?, as type: ElementType, _ shape: Shape, _ path: String
    ) throws(OperatorError) -> Tensor {
        guard let bytes else { throw OperatorError(.type, subject: path, reason: "a tensor without bytes") }
        do { return try Tensor(elementType: type, shape: shape, bytes: bytes) } catch {
            throw OperatorError(.shape, subject: path, reason: error.description)
        }
    }
}

/// Picks elements by row-major position.
struct PositionGather: RearrangementKernel {
    let positions: [Int]

    func run<T: Sendable>(_ elements: [T], zero: T) throws(OperatorError) -> [T] {
        guard let first = elements.first else { return [] }
        var result = [T](repeating: first, count: positions.count)
        for (index, position) in positions.enumerated() { result[index] = elements[position] }
        return result
    }
}

/// Elements of fewer than 8 bits, packed from the lowest bit of each byte on, as the standard packs them.
enum PackedBits {
    static func unpack(_ bytes: [UInt8], width: Int, count: Int) -> [UInt8] {
        let mask = UInt8(truncatingIfNeeded: (1 << width) - 1)
        return (0..<count).map { index in
            let bit = index * width
            let low = UInt16(bytes[bit / 8])
            let high = bit / 8 + 1 < bytes.count ? UInt16(bytes[bit / 8 + 1]) : 0
            return UInt8(truncatingIfNeeded: (low | high << 8) >> (bit % 8)) & mask
        }
    }

    static func pack(_ values: [UInt8], width: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: (values.count * width + 7) / 8)
        for (index, value) in values.enumerated() {
            let bit = index * width
            let shifted = UInt16(value) << (bit % 8)
            bytes[bit / 8] |= UInt8(truncatingIfNeeded: shifted)
            if bit / 8 + 1 < bytes.count { bytes[bit / 8 + 1] |= UInt8(truncatingIfNeeded: shifted >> 8) }
        }
        return bytes
    }
}
