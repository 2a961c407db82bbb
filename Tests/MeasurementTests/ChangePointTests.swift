import Foundation
import Measurement
import Tensors
import Testing

/// Changes that are there and changes that are not.
@Suite struct ChangePointTests {
    enum Kind: CaseIterable, Sendable {
        case white, skewed, twoModes, coarse, heavyTails, dependent, strongly, wandering

        func series(_ count: Int, _ random: inout SplitMix64) -> [Double] {
            switch self {
            case .white: return (0..<count).map { _ in random.normal() }
            case .skewed: return (0..<count).map { _ in -log(1 - random.unit()) }
            case .twoModes:
                return (0..<count).map { _ in (random.unit() < 0.3 ? 1.5 : 1) + 0.001 * random.normal() }
            case .coarse: return (0..<count).map { _ in random.unit() < 0.03 ? 1 : 0 }
            case .heavyTails: return (0..<count).map { _ in tan(Double.pi * (random.unit() - 0.5)) }
            case .dependent: return Noise.autoregressive(0.5, count: count, &random)
            case .strongly: return Noise.autoregressive(0.8, count: count, &random)
            case .wandering:
                let slow = Noise.autoregressive(0.9, count: count, &random)
                return slow.map { $0 + random.normal() }
            }
        }
    }

    /// At most one series in twenty, as the type says.
    @Test(arguments: Kind.allCases.flatMap { kind in (kind == .wandering ? [1000] : [200, 1000]).map { (kind, $0) } })
    func noiseRarelyAlarms(kind: Kind, count: Int) throws {
        var random = SplitMix64(seed: 161_803)
        let trials = 100
        var alarms = 0
        for _ in 0..<trials {
            let changes = try #require(ChangePoints(in: kind.series(count, &random)))
            if !changes.indices.isEmpty { alarms += 1 }
        }
        #expect(alarms <= trials / 20, "\(kind), \(count): \(alarms) of \(trials)")
    }

    @Test(arguments: [UInt64(1), 2, 3, 4, 5, 6, 7, 8])
    func knownChangesAreFound(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        // Levels 3 deviations apart, and one run in a hundred ten times as slow.
        let levels = [(0..<150, 109.0), (150..<700, 100.0), (700..<820, 106.0), (820..<1500, 100.0)]
        let samples = levels.flatMap { range, level in
            range.map { _ in level + 3 * random.normal() + (random.unit() < 0.01 ? 1000 : 0) }
        }
        let changes = try #require(ChangePoints(in: samples))
        #expect(changes.indices.count == 3, "seed \(seed): \(changes.indices)")
        for (found, truth) in zip(changes.indices, [150, 700, 820]) {
            #expect(abs(found - truth) <= 15, "seed \(seed): \(changes.indices)")
        }
        #expect(changes.segments.map(\.lowerBound) == [0] + changes.indices)
        #expect(changes.segments.last?.upperBound == 1500)
        // Ranks do not see the scale.
        #expect(ChangePoints(in: samples.map { log($0) }) == changes)
        #expect(ChangePoints(in: samples.map { Int64($0 * 1e6) }).indices == changes.indices)
    }

    @Test func changesOfDependentNoiseAreFound() throws {
        var random = SplitMix64(seed: 10)
        let trials = 40
        var found = 0
        for _ in 0..<trials {
            let noise = Noise.autoregressive(0.5, count: 1000, &random)
            let samples = noise.enumerated().map { $1 + ($0 < 400 ? 2 : 0) }
            let changes = try #require(ChangePoints(in: samples))
            if changes.indices.count == 1, abs(changes.indices[0] - 400) <= 25 { found += 1 }
        }
        #expect(found >= 36, "\(found) of \(trials)")
    }

    @Test func seriesWithoutNoise() throws {
        let steps = [Double](repeating: 7, count: 30) + [Double](repeating: 5, count: 70)
        #expect(try #require(ChangePoints(in: steps)).indices == [30])
        let constant = ChangePoints(in: [Int64](repeating: 5, count: 100))
        #expect(constant.indices.isEmpty && constant.segments == [0..<100])
        #expect(ChangePoints(in: [Int64]()).segments.isEmpty)
        #expect(ChangePoints(in: [1, 1, 1, 9, 9, 9] as [Int64]).segments == [0..<6])
        #expect(ChangePoints(in: [1, .nan] as [Double]) == nil)
    }

    /// The least cost of all partitions, by trying every last change (Jackson and others 2005).
    private func leastCost(of values: [Double], penalty: Double) -> Double {
        var least = [-penalty]
        for end in 1...values.count {
            var best = Double.infinity
            for start in 0..<end { best = min(best, least[start] + cost(of: values[start..<end]) + penalty) }
            least.append(best)
        }
        return least[values.count]
    }

    private func cost(of values: ArraySlice<Double>) -> Double {
        let mean = values.reduce(0, +) / Double(values.count)
        return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }

    @Test(arguments: [UInt64(1), 2, 3, 4, 5, 6])
    func partitionsAreOptimal(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var level = 0.0
        let values = (0..<70).map { _ in
            if random.unit() < 0.1 { level = 3 * random.normal() }
            return level + random.normal()
        }
        for penalty in [0.5, 3, 12] {
            let changes = OptimalPartition(of: values, penalty: penalty).changes
            let parts = zip([0] + changes, changes + [70]).map { cost(of: values[$0..<$1]) }
            let total = parts.reduce(0, +) + penalty * Double(changes.count)
            #expect(abs(total - leastCost(of: values, penalty: penalty)) < 1e-9, "seed \(seed), penalty \(penalty)")
        }
    }

    /// The pieces visited for each value do not grow with the length, also where nothing changes.
    @Test func longSeriesTakeLinearWork() {
        var random = SplitMix64(seed: 8)
        let values = (0..<40_000).map { _ in random.normal() }
        let short = OptimalPartition(of: Array(values[..<4000]), penalty: 3 * log(4000.0))
        let long = OptimalPartition(of: values, penalty: 3 * log(40_000.0))
        let (before, after) = (Double(short.work) / 4000, Double(long.work) / 40_000)
        #expect(after < 2 * before && after < 60, "\(before) pieces a value, then \(after)")
    }

    @Test(arguments: [UInt64(1), 2, 3, 4, 5])
    func warmUpEnds(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        func runs(_ count: Int, _ level: (Int) -> Double) -> [Int64] {
            (0..<count).map { Int64(1e6 * level($0) * exp(0.02 * random.normal())) }
        }
        let settled = runs(600) { _ in 1 }
        #expect(try #require(WarmUp.end(of: settled)) <= 1)
        // A slow first run, steps, an exponential approach, a turbo that ends.
        #expect((1...2).contains(try #require(WarmUp.end(of: [9_000_000] + settled))))
        let steps = runs(80) { $0 < 30 ? 2 : 1.1 } + settled
        #expect((75...85).contains(try #require(WarmUp.end(of: steps))))
        let approach = runs(600) { 1 + exp(-Double($0) / 20) }
        #expect((40...130).contains(try #require(WarmUp.end(of: approach))))
        let turbo = runs(100) { _ in 0.9 } + settled
        #expect((95...105).contains(try #require(WarmUp.end(of: turbo))))
        // A disturbance later on is not warm-up.
        let disturbed = steps + runs(50) { _ in 1.3 } + settled
        #expect((75...85).contains(try #require(WarmUp.end(of: disturbed))))
        // Still on its way.
        #expect(WarmUp.end(of: runs(600) { 2 - Double($0) / 600 }) == nil)
        #expect(WarmUp.end(of: Array(settled.prefix(15))) == nil)
    }
}
