package import Tensors

/// A statistic of nested samples, and how it varies when units of the highest level are drawn anew.
package struct BootstrapSpread: Sendable {
    /// The statistic of the samples as they are.
    package let value: Double
    /// The variance of the drawn statistics times n / (n − 1): of means it is that of Student's standard error, but for the
    /// finite number of draws.
    package let variance: Double
    /// The number n of units that were drawn from.
    package let units: Int

    /// Draws; `nil` with fewer than two units or draws, or where the statistic is not finite.
    package init?(
        of processes: [[[Double]]], draws: Int, random: inout SplitMix64, statistic: ([[[Double]]]) -> Double
    ) {
        let units = processes.count > 1 ? processes.count : processes.first?.count ?? 0
        let value = statistic(processes)
        guard units > 1, draws > 1, value.isFinite else { return nil }
        var (mean, squares) = (0.0, 0.0)
        for draw in 1...draws {
            let drawn = statistic(Self.drawn(from: processes, &random))
            guard drawn.isFinite else { return nil }
            // Welford 1962: the squares of large numbers need not be subtracted from each other.
            let distance = drawn - mean
            mean += distance / Double(draw)
            squares += distance * (drawn - mean)
        }
        self.value = value
        self.units = units
        variance = squares / Double(draws - 1) * Double(units) / Double(units - 1)
    }

    private static func drawn(from processes: [[[Double]]], _ random: inout SplitMix64) -> [[[Double]]] {
        guard processes.count <= 1 else { return elements(of: processes, &random) }
        return processes.map { elements(of: $0, &random) }
    }

    private static func elements<Element>(of list: [Element], _ random: inout SplitMix64) -> [Element] {
        list.map { _ in random.element(of: list) }
    }
}
