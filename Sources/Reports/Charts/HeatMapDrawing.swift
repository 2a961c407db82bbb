import Foundation
import Records

/// Draws a matrix of coloured cells: one colour of growing strength, or two on both sides of a centre.
struct HeatMapDrawing {
    let map: HeatMap
    let format: ChartDrawing.Format

    var drawing: ChartDrawing {
        let labelWidth = min(
            map.rows.map { SVG.width(of: $0) }.max() ?? 0, format.width * (format == .wide ? 0.3 : 0.28))
        let left = labelWidth + 12
        let columns = max(1, map.columns.count)
        let rows = max(1, map.rows.count)
        let cellWidth = min(96, (format.width - left - 4) / Double(columns))
        let cellHeight = min(40, max(7, min(cellWidth, 560 / Double(rows))))
        let longest = map.columns.map { SVG.width(of: $0) }.max() ?? 0
        let isTurned = longest > cellWidth - 6
        let head = isTurned ? min(longest, 135) * 0.72 + 14 : 20
        let top = head + (map.columnTitle.isEmpty ? 0 : 18)
        let bottom = top + cellHeight * Double(rows)
        var svg = SVG(width: format.width, height: bottom + 54)
        if !map.columnTitle.isEmpty {
            svg.text(left + cellWidth * Double(columns) / 2, 12, map.columnTitle, "axis", anchor: .middle)
        }
        if !map.rowTitle.isEmpty { svg.text(0, top - 6, map.rowTitle, "axis") }
        labels(left: left, top: top, cellWidth, cellHeight, labelWidth, isTurned, &svg)
        let tint = Tint(map)
        for (row, values) in map.values.prefix(map.rows.count).enumerated() {
            for (column, value) in values.prefix(map.columns.count).enumerated() {
                let (x, y) = (left + Double(column) * cellWidth, top + Double(row) * cellHeight)
                cell(value, row, column, x, y, cellWidth, cellHeight, tint, &svg)
            }
        }
        scaleBar(tint, left: left, y: bottom + 16, &svg)
        return ChartDrawing(
            svg: svg, legend: [],
            description: "\(map.axis.label) in a matrix of \(map.rows.count) rows and \(map.columns.count) columns.")
    }

    private func labels(
        left: Double, top: Double, _ cellWidth: Double, _ cellHeight: Double, _ labelWidth: Double, _ isTurned: Bool,
        _ svg: inout SVG
    ) {
        // Where cells are lower than letters, only every so many-th row and column is named.
        let rowStep = max(1, Int((13 / cellHeight).rounded(.up)))
        for (index, name) in map.rows.enumerated() where index.isMultiple(of: rowStep) {
            let y = top + (Double(index) + 0.5) * cellHeight + 4
            svg.text(left - 8, y, SVG.fit(name, labelWidth), "tick", anchor: .end)
        }
        let columnStep = max(1, Int((13 / cellWidth).rounded(.up)))
        for (index, name) in map.columns.enumerated() where index.isMultiple(of: columnStep) {
            let x = left + (Double(index) + 0.5) * cellWidth
            if isTurned {
                svg.text(x - 2, top - 6, SVG.fit(name, 135), "tick", rotate: -45)
            } else {
                svg.text(x, top - 6, name, "tick", anchor: .middle)
            }
        }
    }

    private func cell(
        _ value: Double?, _ row: Int, _ column: Int, _ x: Double, _ y: Double, _ width: Double, _ height: Double,
        _ tint: Tint, _ svg: inout SVG
    ) {
        let names = "\(map.rows[row]), \(map.columns[column])"
        guard let value, value.isFinite else {
            svg.rectangle(x + 0.5, y + 0.5, width - 1, height - 1, "hollow", tip: "\(names): no value")
            return
        }
        let (style, strength) = tint.of(value)
        let text = map.axis.unit.format(value)
        svg.rectangle(
            x + 0.5, y + 0.5, width - 1, height - 1, style, opacity: strength, radius: 1, tip: "\(names): \(text)")
        if SVG.width(of: text, size: 11) < width - 4, height >= 14 {
            svg.text(x + width / 2, y + height / 2 + 4, text, strength > 0.55 ? "on" : "cell", anchor: .middle)
        }
    }

    private func scaleBar(_ tint: Tint, left: Double, y: Double, _ svg: inout SVG) {
        let steps = 24
        let width = Double(steps) * min(8, ((format.width - left - 4) / Double(steps)).rounded(.down))
        for step in 0..<steps {
            let share = (Double(step) + 0.5) / Double(steps)
            let (style, strength) = tint.of(tint.low + (tint.high - tint.low) * share)
            let piece = width / Double(steps)
            svg.rectangle((left + piece * Double(step)).rounded(), y, piece, 10, style, opacity: strength)
        }
        svg.text(left, y + 25, map.axis.unit.format(tint.low), "tick")
        svg.text(left + width, y + 25, map.axis.unit.format(tint.high), "tick", anchor: .end)
        if !map.axis.label.isEmpty, format == .wide {
            svg.text(left + width + 12, y + 9, map.axis.label, "axis")
        }
    }
}

/// The colour of a value in a heat map.
struct Tint {
    let low: Double
    let high: Double
    private let center: Double?
    private let isLogarithmic: Bool

    init(_ map: HeatMap) {
        let values = map.values.joined().compactMap { $0 }.filter(\.isFinite)
        let least = values.min() ?? 0
        let most = values.max() ?? 1
        center = map.center
        if let center = map.center {
            let reach = max((most - center).magnitude, (least - center).magnitude, 1e-300)
            low = center - reach
            high = center + reach
            isLogarithmic = false
        } else {
            isLogarithmic = map.axis.scale == .logarithmic && least > 0
            low = isLogarithmic ? least : min(0, least)
            high = most > low ? most : low + 1
        }
    }

    /// The class and the strength, in [0.04, 1].
    func of(_ value: Double) -> (style: String, strength: Double) {
        if let center {
            return (value < center ? "cold" : "hot", max(0.04, min(1, (value - center).magnitude / (high - center))))
        }
        let share = isLogarithmic ? log(value / low) / log(high / low) : (value - low) / (high - low)
        return ("heat", max(0.04, min(1, share)))
    }
}
