import Records

/// Draws bars to the right, one group a category, with intervals as whiskers and the number at the end.
struct BarDrawing {
    let chart: BarChart
    let format: ChartDrawing.Format

    var drawing: ChartDrawing {
        let quantities = chart.series.flatMap(\.values).compactMap { $0 }
        let values = quantities.flatMap { [$0.value, $0.interval?.lower ?? $0.value, $0.interval?.upper ?? $0.value] }
        let thickness = chart.series.count > 3 ? 12.0 : 16
        let labels = quantities.map { chart.axis.unit.format($0.value) }
        let trailing = 14 + (labels.map { SVG.width(of: $0) }.max() ?? 40)
        let rows = RowLayout(chart.categories, format: format, trailing: trailing)
        let head: Double = rows.isAbove ? 20 : 0
        let group = head + Double(max(1, chart.series.count)) * (thickness + 4) + 12
        let top: Double = chart.references.isEmpty ? 6 : 24
        let bottom = top + group * Double(max(1, chart.categories.count))
        var svg = SVG(width: format.width, height: bottom + 44)
        let scale = ChartScale(
            values + chart.references.map(\.value), axis: chart.axis, start: rows.left, end: rows.right, fromZero: true,
            count: format == .wide ? 6 : 3)
        svg.horizontalAxis(scale, chart.axis, top: top, bottom: bottom, count: format == .wide ? 6 : 3)
        for (index, category) in chart.categories.enumerated() {
            let y = top + group * Double(index) + 6
            let label = SVG.fit(category, rows.labelWidth, size: 13)
            if rows.isAbove {
                svg.text(rows.left, y + 11, label, "label")
            } else {
                svg.text(rows.left - 10, y + (group - 12) / 2 + 3, label, "label", anchor: .end)
            }
            for (series, values) in chart.series.enumerated() {
                let value = index < values.values.count ? values.values[index] : nil
                bar(value, series, y: y + head + Double(series) * (thickness + 4), thickness, scale, category, &svg)
            }
        }
        for reference in chart.references {
            let x = scale.place(reference.value)
            svg.line(x, top - 4, x, bottom, "reference")
            let isLeft = x < (rows.left + rows.right) / 2
            svg.text(x, top - 9, reference.label, "note", anchor: isLeft ? .start : .end)
        }
        let entries = chart.series.enumerated().map { ChartDrawing.Entry(name: $0.element.name, series: $0.offset) }
        return ChartDrawing(
            svg: svg, legend: chart.series.count > 1 ? entries : [],
            description: "Bars of \(chart.axis.label.lowercased()) for \(chart.categories.joined(separator: ", ")).")
    }

    private func bar(
        _ quantity: Quantity?, _ series: Int, y: Double, _ thickness: Double, _ scale: ChartScale, _ category: String,
        _ svg: inout SVG
    ) {
        let middle = y + thickness / 2
        let zero = scale.isLogarithmic ? scale.start : scale.place(0)
        guard let quantity, quantity.value.isFinite else {
            svg.text(zero + 6, middle + 4, "no value", "note")
            return
        }
        let x = scale.place(quantity.value)
        svg.rectangle(
            min(zero, x), y, abs(x - zero), thickness, "bar s\(series % 7)", radius: 2,
            tip: "\(category), \(chart.series[series].name): \(quantity.description)")
        var end = max(x, zero)
        if let interval = quantity.interval, interval.lower.isFinite, interval.upper.isFinite {
            let upper = scale.place(interval.upper)
            svg.whisker(from: scale.place(interval.lower), to: upper, at: middle, cap: thickness * 0.25)
            end = max(end, upper)
        }
        svg.text(end + 6, middle + 4, chart.axis.unit.format(quantity.value), "value")
    }
}
