import CQuantizedKernels
import Tensors
import Testing

/// The kernels on bytes, compiled for every instruction set that this processor has, against sums in plain Swift.
@Suite struct QuantizedKernelTests {
    private static let sets = [ASSAY_QUANTIZED_PORTABLE, ASSAY_QUANTIZED_AVX2, ASSAY_QUANTIZED_AVX512_VNNI]

    @Test func portableKernelsAreEverywhere() {
        #expect(assay_quantized_kernels(ASSAY_QUANTIZED_PORTABLE) != nil)
        #expect(assay_quantized_kernels(assay_quantized_best_set()) != nil)
    }

    /// Extreme elements, whose pairs of products a 16-bit sum would saturate, and random ones.
    @Test(arguments: 0..<24 as Range<UInt64>) func sumsAreExact(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let (rows, depth, columns) = (
            generator.integer(in: 1...19), generator.integer(in: 1...70), generator.integer(in: 1...70)
        )
        let isExtreme = seed % 2 == 0
        let left = (0..<rows * depth).map { _ in isExtreme ? UInt8(255) : UInt8(generator.integer(in: 0...255)) }
        let right = (0..<depth * columns).map { _ in
            isExtreme ? [Int8(127), -128][generator.integer(in: 0...1)] : Int8(generator.integer(in: -128...127))
        }
        let leftZero = Int32(generator.integer(in: 0...255))
        let rightZeros = (0..<columns).map { _ in Int32(generator.integer(in: -128...127)) }
        var expected = [Int32](repeating: 0, count: rows * columns)
        for row in 0..<rows {
            for column in 0..<columns {
                for index in 0..<depth {
                    expected[row * columns + column] +=
                        (Int32(left[row * depth + index]) - leftZero)
                        * (Int32(right[index * columns + column]) - rightZeros[column])
                }
            }
        }
        for set in Self.sets {
            guard let kernels = assay_quantized_kernels(set)?.pointee else { continue }
            let sums = Self.product(kernels, left, right, leftZero, rightZeros, rows, depth, columns)
            #expect(sums == expected, "seed \(seed), instruction set \(set.rawValue)")
        }
    }

    private static func product(
        _ kernels: AssayQuantizedKernels, _ left: [UInt8], _ right: [Int8], _ leftZero: Int32, _ rightZeros: [Int32],
        _ rows: Int, _ depth: Int, _ columns: Int
    ) -> [Int32] {
        var packed = [Int8](repeating: 0, count: Int(assay_quantized_packed_size(Int64(depth), Int64(columns))))
        var columnSums = [Int32](repeating: 0, count: columns)
        assay_quantized_pack(right, Int64(depth), Int64(columns), Int64(columns), 1, 1, &packed, &columnSums)
        var rowSums = [Int32](repeating: 0, count: rows)
        kernels.sumRows(left, Int64(rows), Int64(depth), Int64(depth), &rowSums)
        var result = [Int32](repeating: 0, count: rows * columns)
        let one: [Float] = [1]
        left.withUnsafeBufferPointer { left in
            packed.withUnsafeBufferPointer { packed in
                columnSums.withUnsafeBufferPointer { columnSums in
                    rowSums.withUnsafeBufferPointer { rowSums in
                        rightZeros.withUnsafeBufferPointer { rightZeros in
                            one.withUnsafeBufferPointer { one in
                                [leftZero].withUnsafeBufferPointer { leftZero in
                                    result.withUnsafeMutableBytes { result in
                                        var product = AssayQuantizedProduct()
                                        product.rows = Int64(rows)
                                        product.columns = Int64(columns)
                                        product.depth = Int64(depth)
                                        product.parts = 1
                                        product.left = left.baseAddress
                                        product.leftStep = Int64(depth)
                                        product.packed = packed.baseAddress
                                        product.columnSums = columnSums.baseAddress
                                        product.leftZero = leftZero.baseAddress
                                        product.rightZero = rightZeros.baseAddress
                                        product.rowSums = rowSums.baseAddress
                                        product.leftScale = one.baseAddress
                                        product.rightScale = one.baseAddress
                                        product.resultType = ASSAY_QUANTIZED_INT32
                                        product.result = result.baseAddress
                                        kernels.product(&product, 0, Int64(rows), 0, Int64((columns + 15) / 16))
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        return result
    }

    /// Ties go to even, numbers out of range to the ends, and NaN to the least.
    @Test func quantisationRoundsAndClamps() throws {
        let values: [Float] = [
            0.5, 1.5, -0.5, 2.5, 1e9, -1e9, .nan, .infinity, -.infinity, 126.5, 3, -3.4, 7, 0, 1, 2, 9,
        ]
        let unsigned: [UInt8] = [10, 12, 10, 12, 255, 0, 0, 255, 0, 136, 13, 7, 17, 10, 11, 12, 19]
        for set in Self.sets {
            guard let kernels = assay_quantized_kernels(set)?.pointee else { continue }
            var result = [UInt8](repeating: 0, count: values.count)
            kernels.quantize(values, Int64(values.count), 1, 10, 0, &result)
            #expect(result == unsigned, "instruction set \(set.rawValue)")
            kernels.quantize(values, Int64(values.count), 1, -3, 1, &result)
            let signed = unsigned.indices.map { index -> UInt8 in
                if values[index].isNaN || values[index] < -1000 { return UInt8(bitPattern: -128) }
                if values[index] > 1000 { return 127 }
                return UInt8(bitPattern: Int8(min(127, Int(unsigned[index]) - 13)))
            }
            #expect(result == signed, "instruction set \(set.rawValue)")
        }
    }

    @Test func rangesPassOverNaN() throws {
        let values = (0..<150).map { $0 % 7 == 3 ? Float.nan : Float($0) - 20 }
        for set in Self.sets {
            guard let kernels = assay_quantized_kernels(set)?.pointee else { continue }
            var (low, high) = (Float(0), Float(0))
            kernels.range(values, 150, &low, &high)
            #expect(low == -20 && high == 129, "instruction set \(set.rawValue): \(low), \(high)")
        }
    }
}
