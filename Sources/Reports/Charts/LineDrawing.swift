import Records

/// Draws series of points over two axes, with intervals as whiskers where points are few and as bands where many.
struct LineDrawing {
    let chart: LineChart
    let format: ChartDrawing.Format

    /// The curves of cumulative distributions.
    static func cumulative(_ chart: DistributionChart) -> LineChart {
        LineChart(
            x: chart.axis, y: Axis("Share of samples", .fraction),
            series: chart.series.map { series in
                let points = zip(series.quantiles, DistributionChart.probabilities).map { LineChart.Point($0, $1) }
                return LineChart.Series(series.name, points, style: .steps)
            })
    }

    var drawing: ChartDrawing {
        let points = chart.series.flatMap(\.points)
        let height: Double = format == .wide ? 340 : 280
        let across = chart.references.filter { $0.axis == .verticalAxis }
        let upright = chart.references.filter { $0.axis == .horizontalAxis }
        let bottom = height - 46
        let vertical = ChartScale(
            points.flatMap { [$0.y, $0.lower ?? $0.y, $0.upper ?? $0.y] } + across.map(\.value), axis: chart.y,
            start: bottom, end: 30)
        let ticks = vertical.ticks(axis: chart.y)
        let labels = AxisLabels(chart.y, ticks: ticks)
        let left = 10 + (ticks.map { SVG.width(of: labels.text($0)) }.max() ?? 0)
        let horizontal = ChartScale(
            points.map(\.x) + upright.map(\.value), axis: chart.x, start: left + 10, end: format.width - 18)
        var svg = SVG(width: format.width, height: height)
        svg.text(0, 12, labels.title, "axis")
        for tick in ticks {
            let y = vertical.place(tick)
            svg.line(left, y, format.width, y, "grid")
            svg.text(left - 6, y + 4, labels.text(tick), "tick", anchor: .end)
        }
        bottomAxis(horizontal, points, bottom: bottom, left: left, &svg)
        for reference in across {
            let y = vertical.place(reference.value)
            svg.line(left, y, format.width, y, "reference")
            svg.text(format.width - 2, y - 5, reference.label, "note", anchor: .end)
        }
        for reference in upright {
            let x = horizontal.place(reference.value)
            svg.line(x, 24, x, bottom, "reference")
            svg.text(x + 4, 34, reference.label, "note")
        }
        for (index, series) in chart.series.enumerated() { draw(series, index, horizontal, vertical, &svg) }
        let entries = chart.series.enumerated().map { ChartDrawing.Entry(name: $0.element.name, series: $0.offset) }
        return ChartDrawing(
            svg: svg, legend: entries.count > 1 ? entries : [],
            description: "\(chart.y.label) over \(chart.x.label.lowercased()) for "
                + chart.series.map(\.name).joined(separator: ", ") + ".")
    }

    private func bottomAxis(
        _ scale: ChartScale, _ points: [LineChart.Point], bottom: Double, left: Double, _ svg: inout SVG
    ) {
        let places = Set(points.map(\.x).filter(\.isFinite)).sorted()
        // Few places on a logarithmic axis, such as batch sizes, are their own best ticks.
        let ticks =
            scale.isLogarithmic && places.count <= 9
            ? places : scale.ticks(axis: chart.x, count: format == .wide ? 7 : 4)
        let labels = AxisLabels(chart.x, ticks: ticks)
        svg.line(left, bottom, format.width, bottom, "base")
        for tick in ticks {
            let x = scale.place(tick)
            svg.line(x, bottom, x, bottom + 4, "base")
            svg.text(x, bottom + 18, labels.text(tick), "tick", anchor: .middle)
        }
        svg.text((left + format.width) / 2, bottom + 38, labels.title, "axis", anchor: .middle)
    }

    private func draw(
        _ series: LineChart.Series, _ index: Int, _ x: ChartScale, _ y: ChartScale, _ svg: inout SVG
    ) {
        let points = series.points.filter { $0.x.isFinite && $0.y.isFinite }
        guard !points.isEmpty else { return }
        let style = "s\(index % 7)"
        let isFew = points.count <= 16
        if isFew {
            for point in points {
                guard let lower = point.lower, let upper = point.upper, lower.isFinite, upper.isFinite else { continue }
                let (place, low, high) = (x.place(point.x), y.place(lower), y.place(upper))
                svg.line(place, low, place, high, "stem \(style)")
                for end in [low, high] { svg.line(place - 4, end, place + 4, end, "stem \(style)") }
            }
        } else {
            let banded = points.filter { $0.lower?.isFinite == true && $0.upper?.isFinite == true }
            let above = banded.map { (x.place($0.x), y.place($0.upper ?? $0.y)) }
            let below = banded.reversed().map { (x.place($0.x), y.place($0.lower ?? $0.y)) }
            if banded.count > 1 { svg.path(Self.path(above + below, steps: false) + "Z", "band \(style)") }
        }
        let places = points.map { (x.place($0.x), y.place($0.y)) }
        if series.style != .points, places.count > 1 {
            svg.path(Self.path(places, steps: series.style == .steps), "line \(style)")
        }
        if series.style == .points || (isFew && series.style == .line) || places.count == 1 {
            for (point, place) in zip(points, places) {
                let tip = "\(series.name): \(chart.x.unit.format(point.x)), \(chart.y.unit.format(point.y))"
                svg.mark(place.0, place.1, series: index, tip: tip)
            }
        }
    }

    private static func path(_ places: [(Double, Double)], steps: Bool) -> String {
        var data = ""
        for (index, place) in places.enumerated() {
            let (x, y) = (SVG.number(place.0), SVG.number(place.1))
            data += index == 0 ? "M\(x) \(y)" : steps ? "H\(x)V\(y)" : "L\(x) \(y)"
        }
        return data
    }
}
