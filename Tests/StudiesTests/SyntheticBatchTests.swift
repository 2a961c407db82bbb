import Assets
import Graphs
import Studies
import Tensors
import Testing

/// Random inputs: seeded, in the shapes that a model declares or a user gives.
@Suite struct SyntheticBatchTests {
    private let open = ValueInfo("x", .tensor(.float32, [.symbol("N"), .fixed(3), .symbol("side")]))
    private let fixed = ValueInfo("y", .tensor(.int64, [.fixed(1000)]))

    private func batch(
        _ inputs: [ValueInfo], extents: [String: Int] = [:], shapes: [String: [Int]] = [:], seed: Int = 1
    ) -> SyntheticBatch {
        SyntheticBatch(inputs: inputs, extents: extents, shapes: shapes, model: "model", seed: seed)
    }

    private func failure(_ batch: SyntheticBatch) -> StudyError? {
        do { _ = try batch.make() } catch { return error }
        return nil
    }

    @Test func oneSeedGivesOneBatch() throws {
        let first = try batch([fixed, open], extents: ["side": 50]).make()
        let again = try batch([fixed, open], extents: ["side": 50]).make()
        let other = try batch([fixed, open], extents: ["side": 50], seed: 2).make()
        #expect(first.map(\.tensor) == again.map(\.tensor))
        #expect(first.map(\.tensor) != other.map(\.tensor))
        #expect(first[1].tensor.shape == [1, 3, 50])
    }

    /// Reals are standard normal: over 15,000 draws mean and variance lie within five standard errors of 0 and 1.
    @Test func realsAreNormalAndIntegersAreBits() throws {
        let made = try batch([fixed, open], shapes: ["x": [100, 3, 50]]).make()
        let bits = try made[0].tensor.doubles()
        #expect(Set(bits) == [0, 1])
        let reals = try made[1].tensor.doubles()
        let mean = reals.reduce(0, +) / Double(reals.count)
        let variance = reals.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(reals.count)
        #expect(reals.count == 15_000 && abs(mean) < 5 / 15_000.0.squareRoot())
        #expect(abs(variance - 1) < 5 * (2 / 15_000.0).squareRoot())
    }

    @Test func constantsAreLeftToTheBinding() throws {
        let made = try SyntheticBatch(inputs: [fixed], constants: ["y": 1], model: "model", seed: 1).make()
        #expect(made.isEmpty)
    }

    @Test func shapesThatDoNotFitAreNamed() {
        #expect(failure(batch([fixed])) == nil)
        let open = failure(batch([open]))
        #expect(open?.code == .shape && open?.remedy.contains("--shape x=1x3x224") == true, "\(open?.remedy ?? "")")
        for shape in [[1, 4, 5], [1, 3], [1, 3, 5, 7]] {
            #expect(failure(batch([self.open], shapes: ["x": shape]))?.code == .shape)
        }
        #expect(failure(batch([fixed], shapes: ["z": [1]]))?.code == .shape)
        #expect(failure(batch([ValueInfo("x", .tensor(.float32, nil))]))?.code == .shape)
        // 2^48 elements: refused before any memory is asked for.
        #expect(failure(batch([self.open], shapes: ["x": [1 << 24, 3, 1 << 24]]))?.code == .input)
        #expect(failure(batch([self.open], shapes: ["x": [Int.max, 3, Int.max]]))?.code == .input)
    }
}
