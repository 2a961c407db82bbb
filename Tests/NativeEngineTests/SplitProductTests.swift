import CQuantizedKernels
import Foundation
import Tensors
import Testing

/// Products of reals with bytes by three bytes of each real, against products in `f64`, on every instruction set that this
/// processor has.
@Suite struct SplitProductTests {
    private static let sets = [ASSAY_QUANTIZED_PORTABLE, ASSAY_QUANTIZED_AVX2, ASSAY_QUANTIZED_AVX512_VNNI]
    /// Half a unit in the last place of one.
    private static let unit = 0x1p-24

    /// Depths that are no multiple of a group, columns that are none of a block, rows that are none of a tile; rows whose
    /// elements differ by many powers of two.
    @Test(arguments: 0..<40 as Range<UInt64>) func productsAreWithinTheStep(seed: UInt64) throws {
        var test = SplitProduct(seed: seed)
        try test.randomize()
        let (expected, bounds) = test.expected()
        var first: [Float]?
        for set in Self.sets {
            guard let kernels = assay_quantized_kernels(set)?.pointee else { continue }
            let result = test.result(kernels)
            let worst = result.indices.map { abs(Double(result[$0]) - expected[$0]) / bounds[$0] }.max() ?? 0
            #expect(worst <= 1, "seed \(seed), instruction set \(set.rawValue): \(worst) of the bound")
            #expect(result == first ?? result, "seed \(seed): instruction set \(set.rawValue) gives other bits")
            first = result
        }
    }

    /// The bound is one that 16 bits of an element break.
    @Test func twoBytesAreNotEnough() throws {
        let kernels = try #require(assay_quantized_kernels(assay_quantized_best_set())?.pointee)
        var broken = 0
        for seed in 0..<10 as Range<UInt64> {
            var test = SplitProduct(seed: seed)
            try test.randomize()
            let (expected, bounds) = test.expected()
            let result = test.result(kernels, dropsLast: true)
            if result.indices.contains(where: { abs(Double(result[$0]) - expected[$0]) > bounds[$0] }) { broken += 1 }
        }
        #expect(broken >= 9)
    }

    /// Each number is what its bytes say but for half a step and the rounding of three operations.
    @Test(arguments: 0..<20 as Range<UInt64>) func bytesSayTheNumbers(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let count = generator.integer(in: 1...150)
        let magnitude = Float(sign: .plus, exponent: generator.integer(in: -50...100), significand: 1)
        var values = (0..<count).map { _ in magnitude * (Float(generator.integer(in: -1 << 24...1 << 24)) / 0x1p24) }
        // The greatest of all, and both its signs.
        values[0] = magnitude
        values[count - 1] = -magnitude
        for set in Self.sets {
            guard let kernels = assay_quantized_kernels(set)?.pointee else { continue }
            var parts = [UInt8](repeating: 0, count: 3 * count)
            let step = Double(kernels.split(values, Int64(count), &parts, Int64(count)))
            for index in values.indices {
                let number = (0..<3).reduce(0.0) { $0 * 256 + Double(parts[$1 * count + index]) - 128 }
                let value = Double(values[index])
                #expect(
                    abs(number * step - value) <= (step / 2 + 3 * Self.unit * abs(value)) * 1.000001,
                    "seed \(seed), instruction set \(set.rawValue): \(value) became \(number * step)")
            }
        }
    }

    /// Zeros are zeros, numbers too small for a step vanish, and what is not finite makes its row no number.
    @Test func extremeRows() throws {
        for set in Self.sets {
            guard let kernels = assay_quantized_kernels(set)?.pointee else { continue }
            func split(_ values: [Float]) -> (scale: Float, parts: [UInt8]) {
                var parts = [UInt8](repeating: 0, count: 3 * values.count)
                let scale = kernels.split(values, Int64(values.count), &parts, Int64(values.count))
                return (scale, parts)
            }
            for values in [[0, -0], [1e-30, -1e-38], [Float.leastNonzeroMagnitude]] as [[Float]] {
                let (scale, parts) = split(values)
                #expect(scale.isNormal && parts.allSatisfy { $0 == 128 }, "instruction set \(set.rawValue): \(values)")
            }
            for bad in [Float.nan, .infinity, -.infinity] {
                let (scale, parts) = split([1, bad, 3])
                #expect(scale.isNaN && parts.allSatisfy { $0 == 128 }, "instruction set \(set.rawValue): \(bad)")
            }
            let greatest = split([Float.greatestFiniteMagnitude, -1])
            #expect(greatest.scale.isNormal && greatest.parts[0] == 255, "instruction set \(set.rawValue)")
        }
    }
}

/// A random product of reals with bytes, with all that a kernel does to its results.
private struct SplitProduct {
    private var generator: SplitMix64
    private(set) var (rows, depth, columns) = (0, 0, 0)
    private var left: [Float] = []
    private var right: [Int8] = []
    private var (scales, zeros, bias, addend) = ([Float](), [Int32](), [Float](), [Float]())
    private var activation = ASSAY_QUANTIZED_IDENTITY

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    mutating func randomize() throws {
        (rows, depth, columns) = (
            generator.integer(in: 1...14), generator.integer(in: 1...90), generator.integer(in: 1...150)
        )
        left = (0..<rows * depth).map { _ in
            Float(generator.integer(in: -1000...1000)) / 1000
                * Float(sign: .plus, exponent: generator.integer(in: -12...3), significand: 1)
        }
        right = (0..<depth * columns).map { _ in Int8(generator.integer(in: -128...127)) }
        scales = (0..<columns).map { _ in Float(generator.integer(in: 1...100)) / 1000 }
        let hasZeros = generator.integer(in: 0...2) == 0
        zeros = (0..<columns).map { _ in hasZeros ? Int32(generator.integer(in: -128...127)) : 0 }
        bias = (0..<columns).map { _ in Float(generator.integer(in: -100...100)) / 100 }
        addend = (0..<rows * columns).map { _ in Float(generator.integer(in: -100...100)) / 100 }
        activation =
            [ASSAY_QUANTIZED_IDENTITY, ASSAY_QUANTIZED_RELU, ASSAY_QUANTIZED_GELU][generator.integer(in: 0...2)]
    }

    /// The results in `f64`, and how far the kernels may be from each.
    ///
    /// An element is off by half a step and the rounding of three operations, its sum by what its products weigh; to it come the
    /// roundings of putting three sums together and of what follows. The activations stretch it by no more than 1.13.
    func expected() -> (results: [Double], bounds: [Double]) {
        var (results, bounds) = ([Double](), [Double]())
        let unit = 0x1p-24
        for row in 0..<rows {
            let values = left[row * depth..<(row + 1) * depth].map(Double.init)
            let step = max(values.map(abs).max() ?? 0, 0x1p-60) / 0x7F7F00
            for column in 0..<columns {
                let (scale, offset) = (Double(scales[column]), Double(zeros[column]))
                var (sum, error, weight) = (0.0, 0.0, 0.0)
                for index in 0..<depth {
                    let factor = scale * (Double(right[index * columns + column]) - offset)
                    sum += values[index] * factor
                    weight += abs(values[index] * factor)
                    error += abs(factor) * (step / 2 + 3 * unit * abs(values[index]))
                }
                let real = sum + Double(bias[column]) + Double(addend[row * columns + column])
                error += unit * (8 * weight + 4 * (abs(sum) + 2))
                switch activation {
                case ASSAY_QUANTIZED_RELU: results.append(max(real, 0))
                case ASSAY_QUANTIZED_GELU: results.append(real / 2 * (1 + erf(real / 2.0.squareRoot())))
                default: results.append(real)
                }
                bounds.append(1.13 * error + 16 * unit * abs(real))
            }
        }
        return (results, bounds)
    }

    /// What kernels compute, the last byte of each real kept or left out.
    func result(_ kernels: AssayQuantizedKernels, dropsLast: Bool = false) -> [Float] {
        var packed = [Int8](repeating: 0, count: Int(assay_quantized_packed_size(Int64(depth), Int64(columns))))
        var columnSums = [Int32](repeating: 0, count: columns)
        assay_quantized_pack(right, Int64(depth), Int64(columns), Int64(columns), 1, 1, &packed, &columnSums)
        var parts = [UInt8](repeating: 0, count: 3 * rows * depth)
        var steps = [Float](repeating: 0, count: rows)
        for row in 0..<rows {
            steps[row] = parts.withUnsafeMutableBufferPointer { parts in
                guard let target = parts.baseAddress else { return 0 }
                return Array(left[row * depth..<(row + 1) * depth]).withUnsafeBufferPointer { values in
                    guard let values = values.baseAddress else { return 0 }
                    return kernels.split(values, Int64(depth), target + 3 * row * depth, Int64(depth))
                }
            }
            if dropsLast { for index in 0..<depth { parts[(3 * row + 2) * depth + index] = 128 } }
        }
        var rowSums = [Int32](repeating: 0, count: 3 * rows)
        kernels.sumRows(parts, Int64(3 * rows), Int64(depth), Int64(depth), &rowSums)
        var product = AssayQuantizedProduct()
        (product.rows, product.columns, product.depth) = (Int64(rows), Int64(columns), Int64(depth))
        (product.parts, product.leftStep, product.leftScaleStep) = (3, Int64(depth), 1)
        (product.addendStep, product.activation) = (Int64(columns), activation)
        product.resultType = ASSAY_QUANTIZED_FLOAT32
        let memory = [
            KeptArray(parts), KeptArray(packed), KeptArray(columnSums), KeptArray([128] as [Int32]), KeptArray(zeros),
            KeptArray(rowSums), KeptArray(steps), KeptArray(scales), KeptArray(bias), KeptArray(addend),
        ]
        let result = KeptArray([Float](repeating: .nan, count: rows * columns))
        product.left = memory[0].address(of: UInt8.self)
        product.packed = memory[1].address(of: Int8.self)
        product.columnSums = memory[2].address(of: Int32.self)
        product.leftZero = memory[3].address(of: Int32.self)
        if zeros.contains(where: { $0 != 0 }) { product.rightZero = memory[4].address(of: Int32.self) }
        product.rowSums = memory[5].address(of: Int32.self)
        product.leftScale = memory[6].address(of: Float.self)
        product.rightScale = memory[7].address(of: Float.self)
        product.bias = memory[8].address(of: Float.self)
        product.addend = memory[9].address(of: Float.self)
        product.result = result.base
        kernels.product(&product, 0, Int64(rows), 0, Int64((columns + 15) / 16))
        return withExtendedLifetime(memory) {
            Array(UnsafeBufferPointer(start: result.address(of: Float.self), count: rows * columns))
        }
    }
}

/// Elements at an address that stays.
private final class KeptArray {
    let base: UnsafeMutableRawPointer

    init<Element>(_ elements: [Element]) {
        base = .allocate(byteCount: max(elements.count * MemoryLayout<Element>.stride, 1), alignment: 64)
        elements.withUnsafeBytes { bytes in
            if let source = bytes.baseAddress { base.copyMemory(from: source, byteCount: bytes.count) }
        }
    }

    deinit { base.deallocate() }

    func address<Element>(of type: Element.Type) -> UnsafePointer<Element> {
        UnsafePointer(base.assumingMemoryBound(to: type))
    }
}
