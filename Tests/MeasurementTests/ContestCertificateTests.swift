import Foundation
import Measurement
import Records
import Tensors
import Testing

/// Certificates of contests whose disturbance is known, since it is made.
@Suite struct ContestCertificateTests {
    typealias Cause = StationarityCertificate.Cause

    enum Disturbance: String, CaseIterable, Sendable {
        case competitor, competitorOfOne, hypervisor, throttled, throttledForAWhile, drift, driftOfOne, stalls
        case allocation, coldStart

        var cause: Cause {
            switch self {
            case .competitor, .competitorOfOne: .anotherProcess
            case .hypervisor: .hypervisor
            case .throttled, .throttledForAWhile: .slowerProcessor
            case .drift, .driftOfOne: .drift
            case .stalls: .pauses
            case .allocation: .firstAllocation
            case .coldStart: .coldStart
            }
        }

        /// The sides that it touches.
        var sides: [Int] {
            switch self {
            case .competitorOfOne, .driftOfOne, .stalls, .allocation, .coldStart: [1]
            case .competitor, .hypervisor, .throttled, .throttledForAWhile, .drift: [0, 1]
            }
        }

        func disturb(_ machine: inout SimulatedMachine, _ random: inout SplitMix64) {
            let at = 1.2 + 0.8 * random.unit()
            let factor = 1.15 + 0.5 * random.unit()
            switch self {
            case .competitor, .competitorOfOne: machine.interruption = { _ in 0.08 }
            case .hypervisor: machine.stolen = 0.2
            case .throttled: machine.processor = { $0 > at ? factor : 1 }
            case .throttledForAWhile: machine.processor = { $0 > at && $0 < at + 1 ? factor : 1 }
            case .drift, .driftOfOne: machine.engine = { 1 + 0.08 * $0 }
            case .stalls: machine.engine = { $0.truncatingRemainder(dividingBy: 0.25) < 0.008 ? 21 : 1 }
            case .allocation: machine.first = (time: 15_000_000, pages: 16_000)
            case .coldStart: machine.first = (time: 15_000_000, pages: 3)
            }
        }
    }

    private func contest(_ disturbance: Disturbance, _ random: inout SplitMix64) -> SimulatedContest {
        var contest = SimulatedContest()
        // What comes over the machine comes over all who are on it.
        var machine = contest.sides[1]
        disturbance.disturb(&machine, &random)
        for side in disturbance.sides { contest.sides[side] = machine }
        return contest
    }

    @Test(arguments: Disturbance.allCases)
    func causesAndSidesAreNamed(disturbance: Disturbance) throws {
        var named: [String: Int] = [:]
        let trials = 20
        for seed in 1...UInt64(trials) {
            var random = SplitMix64(seed: seed)
            let certificate = try #require(contest(disturbance, &random).certificate(&random))
            let found = certificate.disturbances.first
            named["\(found?.cause.rawValue ?? "none") \(found?.sides ?? [])", default: 0] += 1
        }
        #expect(named["\(disturbance.cause.rawValue) \(disturbance.sides)", default: 0] >= trials * 19 / 20, "\(named)")
    }

    @Test(arguments: [0, 0.02, 0.05]) func nothingIsFoundWhereNothingIs(luck: Double) throws {
        var named: [String: Int] = [:]
        for seed in 1...60 {
            var random = SplitMix64(seed: UInt64(seed))
            var contest = SimulatedContest()
            contest.luck = luck
            for side in contest.sides.indices {
                contest.sides[side].noise = 0.03
                contest.sides[side].interruption = { _ in 0.0003 }
            }
            // One side is half as fast: a difference is no disturbance.
            contest.sides[1].latency *= 2
            let certificate = try #require(contest.certificate(&random))
            named[certificate.disturbances.first?.cause.rawValue ?? "none", default: 0] += 1
        }
        #expect(named["none", default: 0] >= 57, "\(named)")
    }

    @Test func withoutReadingsNothingIsSaid() {
        #expect(ContestCertificate(["a", "b"], [[MeasuredStretch(samples: [1, 2, 3])], []]) == nil)
    }

    @Test func fewTurnsTellNothing() throws {
        var contest = SimulatedContest()
        (contest.processes, contest.rounds) = (2, 2)
        var random = SplitMix64(seed: 5)
        let certificate = try #require(contest.certificate(&random))
        #expect(!certificate.isQuiet && certificate.disturbances.isEmpty)
        #expect(certificate.statement.contains("too few"))
        let verdict = ComparisonVerdict(
            ratio: 1.5, interval: Interval(lower: 1.4, upper: 1.6, method: "told"), rounds: 2, margin: 0.02)
        #expect(certificate.trust(in: verdict, on: 1, against: 0, countsSingleRuns: true) == .unknown)
    }

    // MARK: - Trust

    private func trust(
        _ disturbance: Disturbance?, _ lower: Double, _ upper: Double, on side: Int = 1, countsSingleRuns: Bool = false
    ) throws -> ContestCertificate.Trust {
        var random = SplitMix64(seed: 11)
        let contest = disturbance.map { self.contest($0, &random) } ?? SimulatedContest()
        let certificate = try #require(contest.certificate(&random))
        let verdict = ComparisonVerdict(
            ratio: (lower * upper).squareRoot(), interval: Interval(lower: lower, upper: upper, method: "told"),
            rounds: 12, margin: 0.02)
        return certificate.trust(in: verdict, on: side, against: 1 - side, countsSingleRuns: countsSingleRuns)
    }

    @Test func quietAnswersAreTrusted() throws {
        #expect(try trust(nil, 0.99, 1.01) == .quiet)
        #expect(try trust(nil, 1.1, 1.2) == .quiet)
    }

    @Test func whatHitsAllSidesCancels() throws {
        for disturbance in [Disturbance.competitor, .hypervisor, .throttled, .drift] {
            #expect(try trust(disturbance, 1.2, 1.3) == .stands, "\(disturbance)")
        }
    }

    @Test func whatHitsOneSideMayBeTheAnswer() throws {
        // The other process takes a fifth of the time of side 1, which then takes a quarter longer.
        #expect(try trust(.competitorOfOne, 1.1, 1.2) == .doubtful)
        #expect(try trust(.competitorOfOne, 1.9, 2.1) == .stands)
        // That the disturbed side is the faster one cannot come of it, that it is as fast can.
        #expect(try trust(.competitorOfOne, 0.8, 0.85) == .stands)
        #expect(try trust(.competitorOfOne, 0.99, 1.01) == .doubtful)
        // The same seen from the other side.
        #expect(try trust(.competitorOfOne, 0.83, 0.91, on: 0) == .doubtful)
        #expect(try trust(.competitorOfOne, 1.18, 1.25, on: 0) == .stands)
    }

    @Test func singleRunsMoveMeansAndNoMedians() throws {
        #expect(try trust(.stalls, 0.99, 1.01) == .stands)
        #expect(try trust(.stalls, 0.99, 1.01, countsSingleRuns: true) == .doubtful)
    }

    @Test func certificatesRoundTrip() throws {
        var random = SplitMix64(seed: 1)
        let certificate = try #require(contest(.competitorOfOne, &random).certificate(&random))
        let data = try JSONEncoder().encode(certificate)
        #expect(try JSONDecoder().decode(ContestCertificate.self, from: data) == certificate)
        #expect(certificate.statement.contains("touched side 1 alone"), "\(certificate.statement)")
    }
}
