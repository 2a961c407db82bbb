import Records

/// Draws distributions as boxes to the right: quartiles, median, whiskers to the 1st and 99th percentile, dots at the
/// extremes.
struct BoxDrawing {
    let chart: DistributionChart
    let format: ChartDrawing.Format

    var drawing: ChartDrawing {
        let rows = RowLayout(chart.series.map(\.name), format: format, trailing: 22)
        let head: Double = rows.isAbove ? 20 : 0
        let group = head + 40
        let bottom = 6 + group * Double(max(1, chart.series.count))
        var svg = SVG(width: format.width, height: bottom + 44)
        let values = chart.series.flatMap { [$0.quantile(0), $0.quantile(1)] }.compactMap { $0 }
        let count = format == .wide ? 6 : 3
        let scale = ChartScale(values, axis: chart.axis, start: rows.left, end: rows.right, count: count)
        svg.horizontalAxis(scale, chart.axis, top: 6, bottom: bottom, count: count)
        for (index, series) in chart.series.enumerated() {
            let y = 6 + group * Double(index)
            let label = SVG.fit(series.name, rows.labelWidth, size: 13)
            if rows.isAbove {
                svg.text(rows.left, y + 15, label, "label")
            } else {
                svg.text(rows.left - 10, y + 24, label, "label", anchor: .end)
            }
            box(series, index, middle: y + head + 20, scale, &svg)
        }
        return ChartDrawing(
            svg: svg, legend: [],
            description: "Boxes of \(chart.axis.label.lowercased()): median, quartiles, whiskers to the 1st and 99th "
                + "percentile, dots at the extremes, for \(chart.series.map(\.name).joined(separator: ", ")).")
    }

    private func box(
        _ series: DistributionChart.Series, _ index: Int, middle: Double, _ scale: ChartScale, _ svg: inout SVG
    ) {
        let places = [0, 0.01, 0.25, 0.5, 0.75, 0.99, 1].compactMap { series.quantile($0) }.map(scale.place)
        guard places.count == 7 else {
            svg.text(scale.start + 4, middle + 4, "no samples", "note")
            return
        }
        let style = "s\(index % 7)"
        svg.whisker(from: places[1], to: places[2], at: middle, cap: 5)
        svg.whisker(from: places[4], to: places[5], at: middle, cap: 5)
        let unit = chart.axis.unit
        let numbers = [("median", 0.5), ("quartiles", 0.25), ("to", 0.75), ("99 % below", 0.99)].map {
            name, probability in
            "\(name) \(unit.format(series.quantile(probability) ?? 0))"
        }
        svg.rectangle(
            places[2], middle - 10, max(1.5, places[4] - places[2]), 20, "box \(style)", radius: 2,
            tip: "\(series.name), n=\(series.count): \(numbers.joined(separator: ", "))")
        svg.line(places[3], middle - 10, places[3], middle + 10, "median")
        for place in [places[0], places[6]] { svg.mark(place, middle, series: index * 35, size: 2) }
    }
}
