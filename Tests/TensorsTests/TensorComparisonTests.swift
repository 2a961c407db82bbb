import Tensors
import Testing

@Suite("Comparing tensors")
struct TensorComparisonTests {
    @Test("Differences are found in the order shape, type, non-finite, values")
    func order() throws {
        let base = try Tensor([Float(1), 2, 3, 4], shape: [2, 2])
        let reshaped = try base.reshaped(to: [4])
        #expect(TensorComparison(reshaped, reference: base, tolerance: .exact).outcome == .shape)
        let wide = try base.converted(to: .float64)
        #expect(TensorComparison(wide, reference: base, tolerance: .exact).outcome == .elementType)
        let broken = try Tensor([Float(9), .nan, 3, 4], shape: [2, 2])
        let comparison = TensorComparison(broken, reference: base, tolerance: .agreement(1))
        #expect(comparison.outcome == .nonFinite)
        #expect(comparison.worstIndex == [0, 1])
        #expect(TensorComparison(base, reference: base, tolerance: .exact).agrees)
    }

    @Test("The agreement measure is max|a−b| / max|b|, and its place is named")
    func agreement() throws {
        let reference = try Tensor([Float(1), -8, 3, 4], shape: [2, 2])
        let actual = try Tensor([Float(1), -8, 3.5, 4], shape: [2, 2])
        let comparison = TensorComparison(actual, reference: reference, tolerance: .agreement(0.05))
        #expect(comparison.agreement == 0.0625)
        #expect(comparison.outcome == .values)
        #expect(comparison.worstIndex == [1, 0])
        #expect(comparison.description.contains("at [1, 0]: 3.5 should be 3.0"))
        #expect(TensorComparison(actual, reference: reference, tolerance: .agreement(0.0625)).agrees)
    }

    @Test("Units in the last place, also across zero", arguments: [ElementType.float32, .float64, .float16, .bfloat16])
    func ulps(type: ElementType) throws {
        let reference = try Tensor([Float(1), 0]).converted(to: type)
        var bytes = try #require(reference.bytes).array
        let width = type.bitWidth / 8
        bytes[0] += 1  // one step up from 1
        bytes[width] = 1  // the smallest positive number
        let up = try Tensor(elementType: type, shape: [2], bytes: Bytes(copying: bytes))
        #expect(TensorComparison(up, reference: reference, tolerance: .exact).maximumUlps == 1)
        #expect(TensorComparison(up, reference: reference, tolerance: .exact).worstUlpsIndex == [0])
        bytes[2 * width - 1] = 0x80  // the smallest negative number
        let down = try Tensor(elementType: type, shape: [2], bytes: Bytes(copying: bytes))
        #expect(TensorComparison(down, reference: up, tolerance: .exact).maximumUlps == 2)
        #expect(TensorComparison(down, reference: up, tolerance: .exact).worstUlpsIndex == [1])
        #expect(TensorComparison(up, reference: up, tolerance: .exact).worstUlpsIndex == nil)
    }

    @Test("An allowed share of outliers")
    func outliers() throws {
        let reference = Tensor([Float](repeating: 1, count: 100))
        var values = [Float](repeating: 1, count: 100)
        values[7] = 5
        let actual = Tensor(values)
        let strict = Tolerance.elementwise(absolute: 0, relative: 1e-3)
        let loose = Tolerance.elementwise(absolute: 0, relative: 1e-3, allowedOutliers: 0.01)
        #expect(TensorComparison(actual, reference: reference, tolerance: strict).outlierCount == 1)
        #expect(!TensorComparison(actual, reference: reference, tolerance: strict).agrees)
        #expect(TensorComparison(actual, reference: reference, tolerance: loose).agrees)
    }

    @Test("NaN equals NaN only on request; infinities must have one sign")
    func nonFinite() throws {
        let nan = Tensor([Float.nan])
        #expect(!TensorComparison(nan, reference: nan, tolerance: .exact).agrees)
        #expect(
            TensorComparison(nan, reference: nan, tolerance: .agreement(0, nanEqualsNaN: true)).agrees)
        let (plus, minus) = (Tensor([Float.infinity]), Tensor([-Float.infinity]))
        #expect(TensorComparison(plus, reference: plus, tolerance: .exact).agrees)
        #expect(TensorComparison(plus, reference: minus, tolerance: .agreement(1)).outcome == .nonFinite)
    }

    @Test("Large integers, complex numbers, strings and empty tensors")
    func otherTypes() throws {
        let (a, b) = (Tensor([Int64.max]), Tensor([Int64.max - 1]))
        #expect(TensorComparison(a, reference: b, tolerance: .exact).maximumDifference == 1)
        let bytes = Bytes(copyingElements: [Float(1), 2, 3, 4])
        let other = Bytes(copyingElements: [Float(1), 2, 3, 5])
        let complex = try Tensor(elementType: .complex64, shape: [2], bytes: bytes)
        let changed = try Tensor(elementType: .complex64, shape: [2], bytes: other)
        #expect(TensorComparison(changed, reference: complex, tolerance: .exact).worstIndex == [1])
        let strings = try Tensor(strings: ["a", "b"], shape: [2])
        let different = try Tensor(strings: ["a", "c"], shape: [2])
        #expect(TensorComparison(different, reference: strings, tolerance: .exact).worstValues == ["c", "b"])
        let empty = Tensor([Float]())
        #expect(TensorComparison(empty, reference: empty, tolerance: .exact).agrees)
        let zeros = Tensor([Float(0)])
        #expect(TensorComparison(Tensor([Float(1)]), reference: zeros, tolerance: .agreement(1)).agreement == .infinity)
    }
}
