/// Nearest neighbour: each output position takes one source position.
enum NearestResampling {
    /// Pillow's positions: it adds up the step in double precision, starting at half of it.
    static func pillowPositions(source: Int, target: Int) -> [Int] {
        let step = Double(source) / Double(target)
        var at = step * 0.5
        return (0..<target).map { _ in
            defer { at += step }
            return min(Int(at), source - 1)
        }
    }

    /// OpenCV's positions: the product of index and step, rounded down.
    static func openCVPositions(source: Int, target: Int) -> [Int] {
        let step = 1 / (Double(target) / Double(source))
        return (0..<target).map { min(Int((Double($0) * step).rounded(.down)), source - 1) }
    }

    /// Picks columns and rows of interleaved samples.
    static func pick<Sample: BitwiseCopyable>(
        _ samples: [Sample], width: Int, channels: Int, columns: [Int], rows: [Int]
    ) -> [Sample] {
        let count = columns.count * rows.count * channels
        return [Sample](unsafeUninitializedCapacity: count) { target, initialized in
            samples.withUnsafeBufferPointer { source in
                var at = 0
                for row in rows {
                    for column in columns {
                        let from = (row * width + column) * channels
                        for channel in 0..<channels {
                            target.initializeElement(at: at + channel, to: source[from + channel])
                        }
                        at += channels
                    }
                }
            }
            initialized = count
        }
    }
}
