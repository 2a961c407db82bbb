import Tensors

extension FakeModel.Perturbation {
    /// Changes the outputs of a run.
    ///
    /// - Parameters:
    ///   - width: how many elements a row has.
    ///   - run: the number of the run in its session, from 0.
    func apply(to values: UnsafeMutableBufferPointer<Float>, rowsOf width: Int, run: Int) {
        guard let first = values.first else { return }
        switch self {
        case .ulps(let count):
            for _ in 0..<count { values[0] = values[0].nextUp }
        case .share(let share):
            values[0] = first + Float(share) * (values.map(\.magnitude).max() ?? 0)
        case .flip:
            guard width > 1 else { return }
            for start in stride(from: 0, to: values.count, by: width) {
                let row = start..<min(start + width, values.count)
                guard let largest = row.max(by: { values[$0] < values[$1] }) else { continue }
                let next = largest + 1 < row.upperBound ? largest + 1 : row.lowerBound
                values.swapAt(largest, next)
            }
        case .unsteady:
            var random = SplitMix64(seed: UInt64(clamping: run))
            if random.integer(in: 0...1) == 1 { values[0] = first.nextUp }
        }
    }
}
