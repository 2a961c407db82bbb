import Records

/// Draws lanes of spans over time; spans of one kind share a colour.
struct TimelineDrawing {
    let chart: TimelineChart
    let format: ChartDrawing.Format

    var drawing: ChartDrawing {
        let rows = RowLayout(chart.lanes.map(\.name), format: format, trailing: 18)
        let head: Double = rows.isAbove ? 18 : 0
        let group = head + 30
        let bottom = 6 + group * Double(max(1, chart.lanes.count))
        var svg = SVG(width: format.width, height: bottom + 44)
        let spans = chart.lanes.flatMap(\.spans).filter { $0.start.isFinite && $0.duration.isFinite }
        let count = format == .wide ? 7 : 3
        let scale = ChartScale(
            spans.flatMap { [$0.start, $0.start + $0.duration] }, axis: chart.axis, start: rows.left, end: rows.right,
            fromZero: true, count: count)
        svg.horizontalAxis(scale, chart.axis, top: 6, bottom: bottom, count: count)
        var kinds: [String] = []
        for span in spans where !kinds.contains(span.kind) { kinds.append(span.kind) }
        for (index, lane) in chart.lanes.enumerated() {
            let y = 6 + group * Double(index)
            let label = SVG.fit(lane.name, rows.labelWidth, size: 13)
            if rows.isAbove {
                svg.text(rows.left, y + 14, label, "label")
            } else {
                svg.text(rows.left - 10, y + 20, label, "label", anchor: .end)
            }
            for span in lane.spans where span.start.isFinite && span.duration.isFinite {
                let (from, to) = (scale.place(span.start), scale.place(span.start + max(0, span.duration)))
                let kind = kinds.firstIndex(of: span.kind) ?? 0
                let unit = chart.axis.unit
                svg.rectangle(
                    from, y + head + 5, max(0.8, to - from - 0.6), 20, "bar s\(kind % 7)", radius: 2,
                    tip: "\(span.name): \(unit.format(span.duration)) from \(unit.format(span.start))")
                if SVG.width(of: span.name, size: 11) < to - from - 8 {
                    svg.text((from + to) / 2, y + head + 19, span.name, "on", anchor: .middle)
                }
            }
        }
        let entries = kinds.enumerated().map { ChartDrawing.Entry(name: $0.element, series: $0.offset) }
            .filter { !$0.name.isEmpty }
        return ChartDrawing(
            svg: svg, legend: entries.count > 1 ? entries : [],
            description: "\(spans.count) spans in the lanes \(chart.lanes.map(\.name).joined(separator: ", ")).")
    }
}
