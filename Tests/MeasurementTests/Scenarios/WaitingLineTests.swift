import Foundation
import Measurement
import Tensors
import Testing

/// The exact queue against closed forms.
@Suite struct WaitingLineTests {
    private let service = 1e6

    private func arrivals(_ kind: Arrivals, load: Double, servers: Int = 1, count: Int = 200_000) throws -> [Int64] {
        let extent = ArrivalSchedule.Extent(nanoseconds: 0, queries: count, mostQueries: count)
        let rate = load * Double(servers) * 1e9 / service
        return try #require(ArrivalSchedule(kind, rate: rate, extent: extent, seed: 2027)).offsets
    }

    private func waits(_ scheduled: [Int64], _ services: [Int64], servers: Int = 1) -> [Double] {
        zip(WaitingLine(scheduled: scheduled, services: services, servers: servers).responses, services).map {
            Double($0 - $1) / service
        }
    }

    private func exponential(_ count: Int) -> [Int64] {
        var random = SplitMix64(seed: 99)
        return (0..<count).map { _ in Int64(-service * log(1 - random.unit())) }
    }

    @Test(arguments: [0.3, 0.5, 0.7, 0.8]) func fixedTimesWaitAsMD1(load: Double) throws {
        let scheduled = try arrivals(.poisson, load: load)
        let (mean, half) = QueueOracle.blockMean(waits(scheduled, scheduled.map { _ in Int64(service) }))
        #expect(abs(mean - QueueOracle.meanWait(utilisation: load, variation: 0)) < half, "\(load): \(mean) ± \(half)")
    }

    @Test(arguments: [0.3, 0.5, 0.7, 0.8]) func exponentialTimesWaitAsMM1(load: Double) throws {
        let scheduled = try arrivals(.poisson, load: load)
        let responses = WaitingLine(scheduled: scheduled, services: exponential(scheduled.count), servers: 1).responses
        let (mean, half) = QueueOracle.blockMean(waits(scheduled, exponential(scheduled.count)))
        #expect(abs(mean - QueueOracle.meanWait(utilisation: load, variation: 1)) < half, "\(load): \(mean) ± \(half)")
        // The response time itself is exponential with mean 1 / (1 − ρ): its median is ln 2 / (1 − ρ).
        let sorted = responses.sorted()
        let median = Double(sorted[sorted.count / 2]) / service
        #expect(abs(median * (1 - load) / log(2) - 1) < 0.08, "\(load): \(median)")
    }

    @Test(arguments: [2, 4]) func severalServersWaitAsErlang(servers: Int) throws {
        let scheduled = try arrivals(.poisson, load: 0.7, servers: servers)
        let (mean, half) = QueueOracle.blockMean(waits(scheduled, exponential(scheduled.count), servers: servers))
        let expected = QueueOracle.meanWait(servers: servers, utilisation: 0.7)
        #expect(abs(mean - expected) < half, "\(servers): \(mean) ± \(half), not \(expected)")
    }

    /// Constant arrivals and fixed times below capacity never wait; above it each waits longer than the one before.
    @Test func constantArrivalsWaitNotOrForever() throws {
        let calm = try arrivals(.constant, load: 0.99, count: 1000)
        #expect(waits(calm, calm.map { _ in Int64(service) }).allSatisfy { $0 == 0 })
        let busy = try arrivals(.constant, load: 1.25, count: 1000)
        for (index, wait) in waits(busy, busy.map { _ in Int64(service) }).enumerated() {
            #expect(abs(wait - 0.2 * Double(index)) < 1e-5)
        }
    }

    @Test func severalServersTakeTurns() {
        let line = WaitingLine(scheduled: [0, 0, 0, 0, 10], services: [5, 3, 4, 1, 1], servers: 2)
        #expect(line.starts == [0, 0, 3, 5, 10])
        #expect(line.ends == [5, 3, 7, 6, 11])
        #expect(line.responses == [5, 3, 7, 6, 1])
        #expect(WaitingLine(scheduled: [1, 2], services: [1], servers: 0).ends == [2])
    }

    /// A stall each period: percentiles of the exact queue against the straight line of theory.
    @Test(arguments: [0.2, 0.5, 0.8]) func stallsFollowTheStraightLine(load: Double) throws {
        let (own, stall, period) = (1e6, 20e6, 1e9)
        let interval = own / load
        let theory = StalledService(service: own, stall: stall, period: period)
        var scheduled: [Int64] = []
        var services: [Int64] = []
        var nextStall = period / 2
        for query in 0..<Int(200 * period / interval) {
            let time = interval * Double(query)
            scheduled.append(Int64(time))
            let isStalled = time >= nextStall
            if isStalled { nextStall += period }
            services.append(Int64(isStalled ? own + stall : own))
        }
        let responses = WaitingLine(scheduled: scheduled, services: services, servers: 1).responses.sorted()
        for share in [0.5, 0.9, 0.98, 0.99, 0.995, 0.999] {
            let found = Double(responses[Int(share * Double(responses.count))])
            let expected = try #require(theory.scheduled(share, interval: interval))
            // The line is a staircase whose steps are the gain of one query.
            #expect(abs(found - expected) <= (interval - own) * 1.5 + 1, "\(load), \(share): \(found), not \(expected)")
        }
        #expect(theory.closedLoop(0.99) == own && theory.closedLoop(0.9995) == own + stall)
    }

    @Test func stallsThatNeverDrainHaveNoTheory() {
        let theory = StalledService(service: 1e6, stall: 20e6, period: 1e9)
        #expect(theory.scheduled(0.99, interval: 1e6) == nil)
        #expect(theory.scheduled(0.99, interval: 1.01e6) == nil)
    }
}
