import Foundation
import Measurement
import Records
import Tensors
import Testing

/// The bootstrap against Student's interval, and its intervals by how often they cover a known truth.
@Suite struct HierarchicalBootstrapTests {
    /// Samples of processes whose levels, rounds and runs vary by so much each, on a logarithmic scale around 0.
    private func processes(
        _ count: Int, rounds: Int = 3, samples: Int = 4, spreads: (Double, Double, Double), _ random: inout SplitMix64
    ) -> [[[Double]]] {
        (0..<count).map { _ in
            let process = spreads.0 * random.normal()
            return (0..<rounds).map { _ in
                let round = process + spreads.1 * random.normal()
                return (0..<samples).map { _ in exp(round + spreads.2 * random.normal()) }
            }
        }
    }

    @Test func meansHaveStudentsInterval() throws {
        let numbers = [9.0, 11, 10, 14, 8, 12]
        // Two rounds of two samples around each number: their spread must not count again.
        let processes = numbers.map { [[$0 - 3, $0 + 3], [$0 - 5, $0 + 5]] }
        let bootstrap = try #require(HierarchicalBootstrap(of: processes, draws: 20_000, seed: 4))
        let student = try #require(MeanEstimate(of: numbers))
        #expect(abs(bootstrap.value - student.value) < 1e-12)
        #expect(bootstrap.count == 6 && bootstrap.degreesOfFreedom == 5)
        let width = student.interval.upper - student.interval.lower
        #expect(abs((bootstrap.interval.upper - bootstrap.interval.lower) / width - 1) < 0.03)
    }

    @Test func oneProcessIsDrawnByRounds() throws {
        let rounds = [[1.0, 3], [4, 6], [7, 9]]
        let bootstrap = try #require(HierarchicalBootstrap(of: [rounds], draws: 20_000, seed: 5))
        #expect(bootstrap.value == 5 && bootstrap.count == 3)
        #expect(abs(bootstrap.standardError / 3.0.squareRoot() - 1) < 0.03)
    }

    @Test func theSeedDecides() throws {
        let data = [[[1.0, 2]], [[2, 4]], [[3, 7]]]
        let first = try #require(HierarchicalBootstrap(of: data, draws: 50, seed: 1))
        #expect(HierarchicalBootstrap(of: data, draws: 50, seed: 1) == first)
        #expect(HierarchicalBootstrap(of: data, draws: 50, seed: 2) != first)
    }

    @Test func nothingToDrawFrom() {
        #expect(HierarchicalBootstrap(of: [], seed: 1) == nil)
        #expect(HierarchicalBootstrap(of: [[[1, 2, 3]]], seed: 1) == nil)
        #expect(HierarchicalBootstrap(of: [[[1]], []], seed: 1) == nil)
        #expect(HierarchicalBootstrap(of: [[[1]], [[.nan]]], seed: 1) == nil)
        #expect(HierarchicalBootstrap.ratio(of: [[[1]], [[2]]], over: [[[-1]], [[-2]]], seed: 1) == nil)
        #expect(HierarchicalBootstrap(of: [[[1]], [[2]]], draws: 1, seed: 1) == nil)
    }

    @Test func pooledQuantiles() throws {
        let data = [[[1.0, 2], [3]], [[4, 5, 6, 7]]]
        #expect(HierarchicalBootstrap.quantile(0.5)(data) == 4)
        #expect(HierarchicalBootstrap.quantile(0.5)([]).isNaN)
        let bootstrap = try #require(
            HierarchicalBootstrap(of: data, draws: 200, seed: 3, statistic: HierarchicalBootstrap.quantile(0.5)))
        #expect(bootstrap.value == 4)
    }

    @Test(arguments: [
        (5, 0.02, 0.01, 0.02), (5, 0.0, 0.0, 0.1), (10, 0.05, 0.02, 0.05), (10, 0.0, 0.05, 0.05),
    ])
    func intervalsOfMeansCover(count: Int, process: Double, round: Double, sample: Double) throws {
        var random = SplitMix64(seed: 577)
        let truth = exp((process * process + round * round + sample * sample) / 2)
        let trials = 800
        var covered = 0
        for trial in 0..<trials {
            let data = processes(count, spreads: (process, round, sample), &random)
            let bootstrap = try #require(HierarchicalBootstrap(of: data, draws: 150, seed: UInt64(trial)))
            if bootstrap.interval.contains(truth) { covered += 1 }
        }
        #expect((0.93...0.97).contains(Double(covered) / Double(trials)), "\(count): \(covered) of \(trials)")
    }

    @Test(arguments: [(5, 5), (6, 10)])
    func intervalsOfRatiosCover(above: Int, below: Int) throws {
        var random = SplitMix64(seed: 1618)
        let trials = 800
        var covered = 0
        for trial in 0..<trials {
            let numerator = processes(above, spreads: (0.03, 0.02, 0.1), &random).map { $0.map { $0.map { 1.3 * $0 } } }
            let denominator = processes(below, spreads: (0.03, 0.02, 0.1), &random)
            let ratio = try #require(
                HierarchicalBootstrap.ratio(of: numerator, over: denominator, draws: 150, seed: UInt64(trial)))
            if ratio.interval.contains(1.3) { covered += 1 }
        }
        #expect((0.93...0.97).contains(Double(covered) / Double(trials)), "\(covered) of \(trials)")
    }

    @Test func intervalsOfQuantilesCover() throws {
        var random = SplitMix64(seed: 5772)
        let deviation = (0.03 * 0.03 + 0.02 * 0.02 + 0.1 * 0.1).squareRoot()
        let truth = exp(1.281_551_565_5 * deviation)
        let trials = 400
        var covered = 0
        for trial in 0..<trials {
            let data = processes(8, rounds: 4, samples: 20, spreads: (0.03, 0.02, 0.1), &random)
            let bootstrap = try #require(
                HierarchicalBootstrap(
                    of: data, draws: 100, seed: UInt64(trial), statistic: HierarchicalBootstrap.quantile(0.9)))
            if bootstrap.interval.contains(truth) { covered += 1 }
        }
        #expect((0.93...0.97).contains(Double(covered) / Double(trials)), "\(covered) of \(trials)")
    }

    /// Samples taken for independent cover far too seldom: what the levels are for.
    @Test func samplesOfAProcessAreNotIndependent() throws {
        var random = SplitMix64(seed: 12)
        let trials = 300
        var covered = 0
        for _ in 0..<trials {
            let data = processes(5, spreads: (0.05, 0.02, 0.02), &random)
            let estimate = try #require(MeanEstimate(of: data.flatMap { $0.flatMap { $0 } }))
            if estimate.interval.contains(exp((0.05 * 0.05 + 2 * 0.02 * 0.02) / 2)) { covered += 1 }
        }
        #expect(Double(covered) / Double(trials) < 0.7)
    }
}
