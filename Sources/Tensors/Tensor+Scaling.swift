extension Tensor {
    /// The elements with each row times its factor; `nil` where they are not `f32` in as many rows as there are factors, or
    /// a product is not finite.
    ///
    /// A row is what follows one index of the outermost axes. The result is written once, into memory of its own: most of
    /// the weights of a model pass through here when it is prepared.
    package func scalingRows(by factors: [Float]) -> Tensor? {
        guard elementType == .float32, let bytes, !factors.isEmpty, elementCount % factors.count == 0 else {
            return nil
        }
        let width = elementCount / factors.count
        let memory = AlignedMemory.allocate(bytes.count)
        let result = Bytes(adopting: memory, count: bytes.count) { [address = UInt(bitPattern: memory)] in
            UnsafeMutableRawPointer(bitPattern: address)?.deallocate()
        }
        let target = memory.bindMemory(to: Float.self, capacity: elementCount)
        let isFinite = bytes.withUnsafeBytes { source in
            guard let base = source.baseAddress else { return true }
            return factors.indices.allSatisfy { row in
                Self.multiply(base + 4 * row * width, by: factors[row], width, into: target + row * width)
            }
        }
        guard isFinite else { return nil }
        return try? Tensor(elementType: .float32, shape: shape, bytes: result)
    }

    /// Writes products; false where one is not finite.
    private static func multiply(
        _ source: UnsafeRawPointer, by factor: Float, _ count: Int, into target: UnsafeMutablePointer<Float>
    ) -> Bool {
        typealias Wide = SIMD16<Float>
        var overflow = SIMD16<UInt32>.zero
        var index = 0
        while index + Wide.scalarCount <= count {
            let product = source.loadUnaligned(fromByteOffset: 4 * index, as: Wide.self) * factor
            UnsafeMutableRawPointer(target + index).storeBytes(of: product, as: Wide.self)
            // Adding one to an exponent of ones alone carries into the sign.
            overflow |= (unsafeBitCast(product, to: SIMD16<UInt32>.self) & 0x7fff_ffff) &+ 0x0080_0000
            index += Wide.scalarCount
        }
        var isFinite = (overflow .>= 0x8000_0000) == SIMDMask(repeating: false)
        while index < count {
            target[index] = source.loadUnaligned(fromByteOffset: 4 * index, as: Float.self) * factor
            isFinite = isFinite && target[index].isFinite
            index += 1
        }
        return isFinite
    }
}
