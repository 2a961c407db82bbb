/// How one axis is resampled: for each output position its neighbours and their weights.
struct AxisResampling: Sendable {
    /// A neighbour of an output position.
    struct Tap: Sendable, Hashable {
        /// The position in the input.
        let source: Int
        /// What it counts.
        let weight: Double
    }

    /// The extent of the input.
    let input: Int
    /// The neighbours of each output position; none where it lies outside a cropped region.
    let taps: [[Tap]]

    /// The extent of the output.
    var output: Int { taps.count }

    /// True where nothing changes.
    var isIdentity: Bool {
        input == output && taps.enumerated().allSatisfy { $0.element == [Tap(source: $0.offset, weight: 1)] }
    }

    /// Plans an axis of extent `input` that becomes `output`.
    ///
    /// - Parameters:
    ///   - scale: the factor the standard computes positions with, which need not be the quotient of the extents.
    ///   - region: the part of the input that is cropped, in fractions of it.
    init(input: Int, output: Int, scale: Double, mode: ResamplingMode, region: (start: Double, end: Double) = (0, 1)) {
        self.input = input
        taps = (0..<output).map { position in
            guard input > 0 else { return [] }
            let place = AxisResampling.place(
                Double(position), input: Double(input), output: Double(output), scale: scale, mode.coordinates, region)
            if mode.coordinates == .cropAndResize, place < 0 || place > Double(input - 1) { return [] }
            return AxisResampling.neighbours(of: place, input: input, scale: scale, mode)
        }
    }

    /// Where an output position lies in the input (ONNX Resize, `coordinate_transformation_mode`).
    private static func place(
        _ position: Double, input: Double, output: Double, scale: Double, _ coordinates: ResamplingMode.Coordinates,
        _ region: (start: Double, end: Double)
    ) -> Double {
        // The extent the standard computes with is not rounded.
        let exact = scale * input
        switch coordinates {
        case .asymmetric: return position / scale
        case .halfPixel: return (position + 0.5) / scale - 0.5
        case .halfPixelOrZero: return exact == 1 ? -0.5 : (position + 0.5) / scale - 0.5
        case .halfPixelSymmetric:
            return input / 2 * (1 - output / exact) + (position + 0.5) / scale - 0.5
        case .alignCorners: return exact == 1 ? 0 : position * (input - 1) / (exact - 1)
        case .cropAndResize:
            let width = (region.end - region.start) * (input - 1)
            let offset = region.start * (input - 1)
            return exact == 1 ? offset + width / 2 : offset + position * width / (exact - 1)
        }
    }

    private static func neighbours(of place: Double, input: Int, scale: Double, _ mode: ResamplingMode) -> [Tap] {
        let clamp = { (index: Double) in Int(min(max(index, 0), Double(input - 1))) }
        if case .nearest(let rounding) = mode.filter {
            return [Tap(source: clamp(rounding.round(place)), weight: 1)]
        }
        let narrowing = mode.smooths ? min(scale, 1) : 1
        let reach = mode.reach / narrowing
        var weights: [(source: Int, weight: Double)] = []
        var index = (place - reach).rounded(.down) + 1
        while index < place + reach {
            let isOutside = index < 0 || index > Double(input - 1)
            let weight = mode.weight((index - place) * narrowing)
            if weight != 0, !(isOutside && mode.excludesOutside) { weights.append((clamp(index), weight)) }
            index += 1
        }
        let sum = weights.reduce(0) { $0 + $1.weight }
        guard sum != 0 else { return [] }
        // Neighbours beyond the edge repeat it, so that equal positions are counted together.
        var taps: [Tap] = []
        for (source, weight) in weights {
            let share = weight / sum
            if let last = taps.last, last.source == source {
                taps[taps.count - 1] = Tap(source: source, weight: last.weight + share)
            } else {
                taps.append(Tap(source: source, weight: share))
            }
        }
        return taps
    }

    /// The weights as a matrix `[output, input]`.
    var matrix: [Double] {
        var values = [Double](repeating: 0, count: output * input)
        for (row, taps) in taps.enumerated() {
            for tap in taps { values[row * input + tap.source] += tap.weight }
        }
        return values
    }

    /// Resamples the middle axis of `[outer, input, inner]`; positions without neighbours become `filling`.
    func apply<T: BinaryFloatingPoint>(_ values: [T], outer: Int, inner: Int, filling: T) -> [T] {
        var result = [T](repeating: 0, count: outer * output * inner)
        let source = values.span
        var target = result.mutableSpan
        for block in 0..<outer {
            for (position, taps) in taps.enumerated() {
                let start = (block * output + position) * inner
                if taps.isEmpty { for index in 0..<inner { target[start + index] = filling } }
                for tap in taps {
                    let weight = T(tap.weight)
                    let from = (block * input + tap.source) * inner
                    for index in 0..<inner { target[start + index] += weight * source[from + index] }
                }
            }
        }
        return result
    }
}

extension ResamplingMode.Rounding {
    /// The nearest integer, ties as the mode says.
    func round(_ place: Double) -> Double {
        switch self {
        case .preferFloor: (place - 0.5).rounded(.up)
        case .preferCeiling: (place + 0.5).rounded(.down)
        case .floor: place.rounded(.down)
        case .ceiling: place.rounded(.up)
        }
    }
}
