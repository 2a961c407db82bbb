import Foundation
import Records

/// Where values lie along an axis, in the units of a drawing.
struct ChartScale {
    let low: Double
    let high: Double
    let start: Double
    let end: Double
    let isLogarithmic: Bool

    /// Makes a scale that holds the values, from round value to round value.
    ///
    /// - Parameter fromZero: whether zero is shown, as it must be where lengths stand for values.
    init(_ values: [Double], axis: Axis, start: Double, end: Double, fromZero: Bool = false, count: Int = 5) {
        self.start = start
        self.end = end
        let finite = values.filter(\.isFinite)
        let least = finite.min() ?? 0
        let most = finite.max() ?? 1
        isLogarithmic = axis.scale == .logarithmic && least > 1e-300 && most < 1e300
        if isLogarithmic {
            low = least == most ? least / 2 : least
            high = least == most ? most * 2 : most
            return
        }
        var from = fromZero ? min(0, least) : least
        var to = fromZero ? max(0, most) : most
        if from == to {
            let reach = from == 0 ? 1 : from.magnitude * 0.1
            if !(fromZero && from == 0) { from -= fromZero ? 0 : reach }
            to += reach
        }
        // Round in the unit that is shown, so that ticks are round to the reader.
        let factor = axis.unit.scaling(for: max(from.magnitude, to.magnitude)).factor
        let step = Self.step((to - from) * factor / Double(max(1, count))) / factor
        low = (from / step + 1e-9).rounded(.down) * step
        high = (to / step - 1e-9).rounded(.up) * step
    }

    /// The place of a value, held within the drawing.
    func place(_ value: Double) -> Double {
        let share: Double
        if isLogarithmic {
            share = value > 0 ? log(value / low) / log(high / low) : 0
        } else {
            share = high > low ? (value - low) / (high - low) : 0
        }
        let held = share.isNaN ? 0 : min(1.02, max(-0.02, share))
        return start + (end - start) * held
    }

    /// Round values along the axis, about so many.
    func ticks(axis: Axis, count: Int = 5) -> [Double] {
        if isLogarithmic { return logarithmicTicks(count) }
        let factor = axis.unit.scaling(for: max(low.magnitude, high.magnitude)).factor
        let step = Self.step((high - low) * factor / Double(max(1, count))) / factor
        guard step > 0, step.isFinite else { return [low] }
        let first = (low / step - 1e-9).rounded(.up)
        let last = (high / step + 1e-9).rounded(.down)
        guard first.magnitude < 1e9, last >= first, last - first < 100 else { return [low, high] }
        return stride(from: first, through: last, by: 1).map { $0 * step }
    }

    private func logarithmicTicks(_ count: Int) -> [Double] {
        let from = Int(log10(low).rounded(.down))
        let to = Int(log10(high).rounded(.up))
        guard to - from < 400 else { return [low, high] }
        let decades = to - from
        let factors: [Double] = decades <= 2 ? [1, 2, 5] : [1]
        let stride = max(1, decades / max(1, count))
        let all = (from...to).filter { ($0 - from).isMultiple(of: stride) }
            .flatMap { power in factors.map { $0 * pow(10, Double(power)) } }
        return all.filter { $0 >= low * 0.999 && $0 <= high * 1.001 }
    }

    /// The round step (1, 2 or 5 times a power of ten) nearest above a rough one.
    private static func step(_ rough: Double) -> Double {
        guard rough > 0, rough.isFinite else { return 1 }
        let power = pow(10, log10(rough).rounded(.down))
        let share = rough / power
        return power * (share <= 1.001 ? 1 : share <= 2.001 ? 2 : share <= 5.001 ? 5 : 10)
    }
}
