import Tensors

/// A computation that moves elements of several tensors of one type without reading them.
protocol ElementMovement {
    /// The elements of the result from those of the sources.
    func move<Element: Sendable>(_ sources: [[Element]]) throws(OperatorError) -> [Element]
}

extension ElementMovement {
    /// The result of the movement as a tensor; works for every element type, strings and sub-byte types included.
    ///
    /// - Throws: `OperatorError` of code `type` where the sources differ in type, `shape` where the result does not fit.
    func tensor(from sources: [Tensor], shape: Shape, path: String) throws(OperatorError) -> Tensor {
        _ = try shape.allocatableCount(path)
        guard let type = sources.first?.elementType, sources.allSatisfy({ $0.elementType == type }) else {
            let names = sources.map(\.elementType.name).joined(separator: ", ")
            throw OperatorError(.type, subject: path, reason: "element types differ: \(names)")
        }
        switch type.bitWidth {
        case 0:
            let moved = try move(sources.map { $0.strings ?? [] })
            do { return try Tensor(strings: moved, shape: shape) } catch {
                throw OperatorError(.shape, subject: path, reason: error.description)
            }
        case 8: return try moved(sources, UInt8.self, shape, path)
        case 16: return try moved(sources, UInt16.self, shape, path)
        case 32: return try moved(sources, UInt32.self, shape, path)
        case 64: return try moved(sources, UInt64.self, shape, path)
        case 128: return try movedPairs(sources, shape, path)
        default: return try movedPacked(sources, shape, path)
        }
    }

    private func moved<Word: TensorScalar>(
        _ sources: [Tensor], _ word: Word.Type, _ shape: Shape, _ path: String
    ) throws(OperatorError) -> Tensor {
        var words: [[Word]] = []
        for source in sources {
            let plain = try Tensor.reinterpreting(source.bytes, as: Word.elementType, source.shape, path)
            words.append(try plain.elements(path))
        }
        let result = try Tensor.make(try move(words), shape, path)
        return try Tensor.reinterpreting(result.bytes, as: sources[0].elementType, shape, path)
    }

    /// Complex numbers of 128 bits, as pairs of words.
    private func movedPairs(_ sources: [Tensor], _ shape: Shape, _ path: String) throws(OperatorError) -> Tensor {
        var pairs: [[SIMD2<UInt64>]] = []
        for source in sources {
            let words: [UInt64] = try Tensor.reinterpreting(
                source.bytes, as: .uint64, [source.elementCount, 2], path
            ).elements(path)
            pairs.append(stride(from: 0, to: words.count, by: 2).map { SIMD2(words[$0], words[$0 + 1]) })
        }
        let words = try move(pairs).flatMap { [$0.x, $0.y] }
        return try Tensor.reinterpreting(
            Tensor(words).bytes, as: sources[0].elementType, shape, path)
    }

    /// Elements narrower than a byte, one a byte while they move.
    private func movedPacked(_ sources: [Tensor], _ shape: Shape, _ path: String) throws(OperatorError) -> Tensor {
        let width = sources[0].elementType.bitWidth
        var codes: [[UInt8]] = []
        for source in sources {
            guard let bytes = source.bytes else {
                throw OperatorError(.type, subject: path, reason: "a tensor without bytes")
            }
            codes.append(PackedBits.unpack(bytes.array, width: width, count: source.elementCount))
        }
        let packed = PackedBits.pack(try move(codes), width: width)
        return try Tensor.reinterpreting(Bytes(copying: packed), as: sources[0].elementType, shape, path)
    }
}

extension Tensor {
    /// A scalar string.
    static func text(_ text: String, _ path: String) throws(OperatorError) -> Tensor {
        do { return try Tensor(strings: [text], shape: []) } catch {
            throw OperatorError(.shape, subject: path, reason: error.description)
        }
    }
}
