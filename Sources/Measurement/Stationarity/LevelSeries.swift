/// A series of run times condensed to a thousand medians at most of neighbours, each with its time and its block.
struct LevelSeries {
    /// The median of a few runs in a row.
    struct Point {
        /// Seconds since the first block began.
        var time: Double
        /// Nanoseconds.
        var level: Double
        var block: Int
    }

    let points: [Point]
    /// As many points as show any change that matters.
    private static let most = 1000

    /// - Parameter skipped: runs at the beginning that are left out.
    init(_ blocks: [MeasuredBlock], leaving skipped: Int) {
        let size = max(1, blocks.reduce(0) { $0 + $1.samples.count } / Self.most)
        var points: [Point] = []
        var left = skipped
        for (index, block) in blocks.enumerated() {
            let first = min(left, block.samples.count)
            left -= first
            let origin = Double(block.begin - blocks[0].begin) * 1e-9
            let total = block.samples.reduce(0.0) { $0 + Double($1) }
            // Between two readings the clock and the sum of the run times differ by what lies between the runs.
            let scale = total > 0 ? Double(block.elapsed) * 1e-9 / total : 0
            var passed = block.samples.prefix(first).reduce(0.0) { $0 + Double($1) }
            for start in stride(from: first, to: block.samples.count, by: size) {
                let end = min(start + size, block.samples.count)
                // A rest that is shorter than half a group would be noisier than its neighbours.
                guard end - start >= (size + 1) / 2 || start == first else { break }
                let group = Array(block.samples[start..<end])
                let sum = group.reduce(0.0) { $0 + Double($1) }
                if let level = Selection.median(of: group) {
                    points.append(Point(time: origin + (passed + sum / 2) * scale, level: level, block: index))
                }
                passed += sum
            }
        }
        self.points = points
    }

    /// The levels with each replaced by the median of the five around it: steps and trends stay, single late runs go.
    var smoothed: [Double] {
        guard points.count >= 5 else { return points.map(\.level) }
        return points.indices.map { index in
            let first = min(max(index - 2, 0), points.count - 5)
            return points[first..<(first + 5)].map(\.level).sorted()[2]
        }
    }
}
