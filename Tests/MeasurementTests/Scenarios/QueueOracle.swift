import Foundation
import Measurement
import Tensors

/// A queue with one server, simulated, for the closed forms of queueing theory.
enum QueueOracle {
    /// The mean wait before service of a queue with Poisson arrivals, in units of the mean service time.
    ///
    /// - Parameters:
    ///   - utilisation: arrivals in a mean service time, below 1.
    ///   - variation: the squared coefficient of variation of the service time: 1 for M/M/1, 0 for M/D/1.
    /// - Returns: the formula of Pollaczek and Khinchine.
    static func meanWait(utilisation: Double, variation: Double) -> Double {
        utilisation * (1 + variation) / (2 * (1 - utilisation))
    }

    /// The mean wait of M/M/c in units of the mean service time (Erlang's C over c (1 − ρ)).
    static func meanWait(servers: Int, utilisation: Double) -> Double {
        let offered = utilisation * Double(servers)
        var term = 1.0
        var sum = 1.0
        for index in 1..<servers {
            term *= offered / Double(index)
            sum += term
        }
        term *= offered / Double(servers)
        let queued = term / (1 - utilisation)
        return queued / (sum + queued) / (Double(servers) * (1 - utilisation))
    }

    /// The mean of blocks, with half of the width of its interval of 99.9 %.
    static func blockMean(_ values: [Double], blocks: Int = 40) -> (mean: Double, half: Double) {
        let size = values.count / blocks
        let means = (0..<blocks).map { block in
            values[(block * size)..<((block + 1) * size)].reduce(0, +) / Double(size)
        }
        let mean = means.reduce(0, +) / Double(blocks)
        let variance = means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(blocks - 1)
        return (mean, 3.6 * (variance / Double(blocks)).squareRoot())
    }

    /// Response times of M/M/1 in the order of arrival, in nanoseconds, of a queue in its steady state.
    ///
    /// Each is exponential with a mean of `service` / (1 − utilisation), and neighbours depend on each other.
    static func responses(
        utilisation: Double, service: Double, count: Int, _ random: inout SplitMix64
    ) -> [Int64] {
        func exponential(_ mean: Double, _ random: inout SplitMix64) -> Double { -mean * log(1 - random.unit()) }
        var wait = random.unit() < utilisation ? exponential(service / (1 - utilisation), &random) : 0
        var responses: [Int64] = []
        for _ in 0..<count {
            let response = wait + exponential(service, &random)
            responses.append(Int64(response))
            // Lindley's recursion: what is left of the response when the next query comes.
            wait = max(0, response - exponential(service / utilisation, &random))
        }
        return responses
    }
}
