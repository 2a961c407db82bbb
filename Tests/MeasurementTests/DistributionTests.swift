import Foundation
import Measurement
import Records
import Testing

/// Functions and intervals against SciPy's values; the data file says how they were made.
@Suite struct DistributionTests {
    private struct Fixtures: Decodable {
        var incompleteBeta, binomial, inverseStudent, inverseNormal, wilson, clopperPearson, ranks: [[Double]]
    }

    private let fixtures: Fixtures

    init() throws {
        let url = try #require(
            Bundle.module.url(forResource: "distributions", withExtension: "json", subdirectory: "Fixtures"))
        fixtures = try JSONDecoder().decode(Fixtures.self, from: Data(contentsOf: url))
    }

    private func expect(_ value: Double, _ expected: Double, within tolerance: Double, _ row: [Double]) {
        #expect(abs(value - expected) <= tolerance * max(abs(expected), 1e-12), "\(row): \(value)")
    }

    @Test func incompleteBeta() {
        for row in fixtures.incompleteBeta {
            expect(Distributions.incompleteBeta(row[0], row[1], row[2]), row[3], within: 1e-8, row)
        }
    }

    @Test func binomial() {
        for row in fixtures.binomial {
            expect(Distributions.binomial(Int(row[0]), Int(row[1]), row[2]), row[3], within: 1e-8, row)
        }
        #expect(Distributions.binomial(-1, 5, 0.5) == 0)
        #expect(Distributions.binomial(5, 5, 0.5) == 1)
    }

    @Test func quantilesOfStudentAndNormal() {
        for row in fixtures.inverseStudent {
            expect(Distributions.inverseStudent(row[0], degreesOfFreedom: row[1]), row[2], within: 1e-10, row)
        }
        for row in fixtures.inverseNormal { expect(Distributions.inverseNormal(row[0]), row[1], within: 1e-12, row) }
        // Closed form: with one degree of freedom the distribution is Cauchy's.
        expect(Distributions.inverseStudent(0.9, degreesOfFreedom: 1), tan(0.4 * .pi), within: 1e-12, [0.9, 1])
    }

    @Test func proportions() {
        for row in fixtures.wilson {
            let interval = ProportionInterval.wilson(successes: Int(row[0]), trials: Int(row[1]), level: row[2])
            #expect(abs(interval.lower - row[3]) < 1e-12 && abs(interval.upper - row[4]) < 1e-12, "\(row)")
        }
        for row in fixtures.clopperPearson {
            let interval = ProportionInterval.clopperPearson(successes: Int(row[0]), trials: Int(row[1]), level: row[2])
            #expect(abs(interval.lower - row[3]) < 1e-10 && abs(interval.upper - row[4]) < 1e-10, "\(row)")
        }
        let nothing = ProportionInterval.wilson(successes: 0, trials: 0)
        #expect(nothing.lower == 0 && nothing.upper == 1)
    }

    @Test func ranksOfOrderStatistics() {
        for row in fixtures.ranks {
            let ranks = QuantileEstimate.ranks(row[0], count: Int(row[1]), level: row[2])
            if row[3] == 0 {
                #expect(ranks == nil, "\(row)")
            } else {
                #expect(
                    ranks?.lower == Int(row[3]) && ranks?.upper == Int(row[4]), "\(row): \(String(describing: ranks))")
            }
        }
    }
}
