import Foundation
import Records

/// The words at an axis: its title with the unit, and its ticks in that unit.
struct AxisLabels {
    let title: String
    private let scaling: Scaling
    private let decimals: Int

    init(_ axis: Axis, ticks: [Double]) {
        let scaling = axis.unit.scaling(for: ticks.map(\.magnitude).max() ?? 0)
        self.scaling = scaling
        let symbol = scaling.symbol
        title = symbol.isEmpty ? axis.label : axis.label.isEmpty ? symbol : "\(axis.label) (\(symbol))"
        decimals = Self.decimals(ticks.map { $0 * scaling.factor })
    }

    /// As many decimals as write every tick exactly; powers of ten (−1) where that would be many.
    private static func decimals(_ shown: [Double]) -> Int {
        let needed = (0...6).first { digits in
            let power = pow(10, Double(digits))
            return shown.allSatisfy { abs(($0 * power).rounded() / power - $0) <= 1e-6 * max($0.magnitude, 1e-12) }
        }
        return needed ?? -1
    }

    /// The text of a tick.
    func text(_ value: Double) -> String {
        let shown = value * scaling.factor
        if shown == 0 { return "0" }
        return MetricUnit.digits(shown, decimals: decimals < 0 || (shown.magnitude < 1e-4) ? -1 : decimals)
    }
}
