import Measurement
import Records

/// How many queries MLPerf's early stopping takes, by percentile and by queries over the bound.
struct QueriesTable {
    private let percentiles: [Double]

    private static let overBound = [0, 1, 2, 5, 10, 100]

    /// The usual percentiles, and the one that is asked for.
    init(asked: Double?) {
        percentiles = Set([90, 95, 97, 99, 99.9] + (asked.map { [$0] } ?? [])).sorted()
    }

    /// Prints a row a percentile; a run's percentile is told from the count of one query over the bound on.
    func print(asJSON: Bool) {
        if asJSON {
            let counts = percentiles.flatMap { percentile in
                Self.overBound.compactMap { over in
                    queries(percentile, over).map { count -> JSONValue in
                        [
                            "percentile": .number(percentile), "over": .integer(Int64(over)),
                            "queries": .integer(Int64(count)),
                        ]
                    }
                }
            }
            let value: JSONValue = ["confidence": 0.99, "counts": .array(counts)]
            return Swift.print(value.pretty)
        }
        let heading = ["over the bound"] + Self.overBound.map(String.init)
        let rows = percentiles.map { percentile in
            ["p" + MetricUnit.number.format(percentile)]
                + Self.overBound.map { over in queries(percentile, over).map(String.init) ?? "" }
        }
        Swift.print("Least queries by MLPerf's early stopping, at 99 % confidence")
        for row in [heading] + rows {
            Swift.print(
                row.enumerated().map { index, cell in
                    let width = index == 0 ? 16 : 10
                    return index == 0
                        ? cell + String(repeating: " ", count: max(0, width - cell.count))
                        : String(repeating: " ", count: max(0, width - cell.count)) + cell
                }.joined())
        }
    }

    private func queries(_ percentile: Double, _ over: Int) -> Int? {
        EarlyStopping(percentile: percentile / 100)?.minimumQueries(overLatency: over)
    }
}
