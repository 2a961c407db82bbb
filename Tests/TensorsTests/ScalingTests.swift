import Tensors
import Testing

@Suite struct ScalingTests {
    private static let seed: UInt64 = 11

    @Test(arguments: [(3, 5), (1, 1), (16, 33), (7, 1)]) func eachRowIsMultipliedByItsFactor(rows: Int, width: Int)
        throws
    {
        var generator = SplitMix64(seed: Self.seed)
        let numbers = (0..<rows * width).map { _ in Float(generator.unit() * 6 - 3) }
        let factors = (0..<rows).map { _ in Float(generator.unit() * 4 - 2) }
        let expected = numbers.indices.map { numbers[$0] * factors[$0 / width] }
        let tensor = try Tensor(numbers, shape: [rows, width, 1])
        #expect(
            tensor.scalingRows(by: factors) == (try Tensor(expected, shape: [rows, width, 1])), "seed \(Self.seed)")
    }

    @Test func elementsMayLieAtAnyAddress() throws {
        let numbers: [Float] = [1, 2, 3, 4, 5, 6]
        let shifted = Bytes(copying: [0] + Bytes(copyingElements: numbers).array)
        let bytes = try #require(shifted.slice(1..<25))
        let tensor = try Tensor(elementType: .float32, shape: [2, 3], bytes: bytes)
        #expect(tensor.scalingRows(by: [2, -1]) == (try Tensor([2, 4, 6, -4, -5, -6] as [Float], shape: [2, 3])))
    }

    @Test(arguments: [Float.infinity, -.infinity, .nan, 3e38]) func whatIsNotFiniteIsRefused(number: Float) throws {
        let tensor = try Tensor([1, 2, number, 4], shape: [2, 2])
        #expect(tensor.scalingRows(by: [2, 2]) == nil)
    }

    @Test func theLargestNumbersPass() throws {
        let tensor = Tensor([Float.greatestFiniteMagnitude, -.greatestFiniteMagnitude, .leastNonzeroMagnitude, -0.0])
        #expect(tensor.scalingRows(by: [1, 1, 1, 1]) == tensor)
    }

    @Test func otherTypesAndCountsAreRefused() throws {
        #expect(Tensor([1.0, 2.0] as [Double]).scalingRows(by: [2]) == nil)
        #expect(Tensor([1, 2, 3] as [Float]).scalingRows(by: [1, 2]) == nil)
        #expect(Tensor([1, 2, 3] as [Float]).scalingRows(by: []) == nil)
    }
}
