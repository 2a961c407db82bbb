import Tensors

/// Which elements of a plane a sample takes, and what each counts.
struct GridSampling: Sendable {
    /// What stands beyond the border.
    enum Border: String, Sendable {
        case zeros
        case edge = "border"
        case reflection
    }

    let mode: ResamplingMode
    let border: Border
    /// Whether −1 and 1 are the middles of the outermost elements instead of their outer edges.
    let alignsCorners: Bool
    /// The extents of the plane.
    let extents: [Int]

    /// Reads the attributes.
    ///
    /// - Throws: `OperatorError` of code `attribute` for unknown modes.
    init(_ attributes: Attributes, extents: [Int]) throws(OperatorError) {
        self.extents = extents
        alignsCorners = try attributes.flag("align_corners")
        let name = try attributes.string("mode")
        let filter: ResamplingMode.Filter
        switch name {
        case "linear", "bilinear": filter = .linear
        case "cubic", "bicubic": filter = .cubic(a: -0.75)
        case "nearest": filter = .nearest(.floor)
        default:
            throw OperatorError(
                .attribute, subject: attributes.path, reason: "mode is '\(name)'",
                remedy: "use nearest, linear or cubic")
        }
        mode = ResamplingMode(filter: filter, coordinates: .asymmetric)
        let padding = try attributes.string("padding_mode")
        guard let border = Border(rawValue: padding) else {
            throw OperatorError(
                .attribute, subject: attributes.path, reason: "padding_mode is '\(padding)'",
                remedy: "use zeros, border or reflection")
        }
        self.border = border
    }

    /// The elements under a place given outermost axis first, in −1 … 1.
    func taps(_ place: [Double]) -> [AxisResampling.Tap] {
        var taps = [AxisResampling.Tap(source: 0, weight: 1)]
        for (axis, value) in place.enumerated() {
            let along = axisTaps(value, extent: extents[axis])
            taps = taps.flatMap { tap in
                along.map {
                    AxisResampling.Tap(source: tap.source * extents[axis] + $0.source, weight: tap.weight * $0.weight)
                }
            }
        }
        return taps
    }

    private func axisTaps(_ value: Double, extent: Int) -> [AxisResampling.Tap] {
        let length = Double(extent)
        var place = alignsCorners ? (value + 1) / 2 * (length - 1) : ((value + 1) * length - 1) / 2
        guard place.isFinite else { return [] }
        let isNearest = if case .nearest = mode.filter { true } else { false }
        if isNearest { place.round(.toNearestOrEven) }
        let (low, high) = alignsCorners ? (0, length - 1) : (-0.5, length - 0.5)
        if place < low || place > high {
            switch border {
            case .zeros: break
            case .edge: place = min(max(place, 0), length - 1)
            case .reflection: place = Self.reflect(place, low, high)
            }
        }
        if isNearest { return tap(place.rounded(.towardZero), weight: 1, extent: extent, low, high) }
        var taps: [AxisResampling.Tap] = []
        let first = place.rounded(.down) - mode.reach + 1
        for offset in 0..<Int(2 * mode.reach) {
            let index = first + Double(offset)
            taps += tap(index, weight: mode.weight(index - place), extent: extent, low, high)
        }
        return taps
    }

    private func tap(
        _ index: Double, weight: Double, extent: Int, _ low: Double, _ high: Double
    ) -> [AxisResampling.Tap] {
        var index = index
        switch border {
        case .zeros: guard index >= 0, index < Double(extent) else { return [] }
        case .edge: index = min(max(index, 0), Double(extent - 1))
        case .reflection: index = Self.reflect(index, low, high).rounded(.towardZero)
        }
        let source = Int(min(max(index, 0), Double(extent - 1)))
        return [AxisResampling.Tap(source: source, weight: weight)]
    }

    /// A place mirrored at both borders until it lies between them.
    private static func reflect(_ place: Double, _ low: Double, _ high: Double) -> Double {
        let range = high - low
        guard range > 0, place < low || place > high else { return range > 0 ? place : low }
        let beyond = place < low ? low - place : place - high
        let turns = (beyond / range).rounded(.towardZero)
        let rest = beyond - turns * range
        let fromNear = turns.truncatingRemainder(dividingBy: 2) == 0
        if place < low { return fromNear ? low + rest : high - rest }
        return fromNear ? high - rest : low + rest
    }
}
