import Records

/// Draws frames within frames, the outermost on top: each as wide as its time, frames of one kind in one colour.
///
/// The frame under the pointer, or the one that the keyboard has reached, is named in full below the drawing; no script is
/// needed for that.
struct FlameDrawing {
    let graph: FlameGraph
    let format: ChartDrawing.Format

    private static let rowHeight = 21.0
    private static let deepest = 64

    var drawing: ChartDrawing {
        let frames = graph.frames.filter {
            $0.start.isFinite && $0.value.isFinite && $0.value >= 0 && $0.depth >= 0 && $0.depth < Self.deepest
        }
        let whole = frames.map { $0.start + $0.value }.max() ?? 0
        let rows = (frames.map(\.depth).max() ?? 0) + 1
        let bottom = 4 + Double(rows) * Self.rowHeight
        let count = format == .wide ? 7 : 3
        var svg = SVG(width: format.width, height: bottom + 68, isInteractive: true)
        let scale = ChartScale(
            [0, whole], axis: graph.axis, start: 4, end: format.width - 22, fromZero: true, count: count)
        svg.horizontalAxis(scale, graph.axis, top: 4, bottom: bottom, count: count)
        var kinds: [String] = []
        for frame in frames where !frame.kind.isEmpty && !kinds.contains(frame.kind) { kinds.append(frame.kind) }
        for frame in frames {
            let (from, to) = (scale.place(frame.start), scale.place(frame.start + frame.value))
            // What is narrower than a third of a unit would only blur its neighbours; the table has it.
            guard to - from >= 0.34 else { continue }
            let series = kinds.firstIndex(of: frame.kind).map { $0 % 6 } ?? 6
            draw(frame, share: whole > 0 ? frame.value / whole : 0, from, to, series, noteAt: bottom + 60, &svg)
        }
        let entries = kinds.enumerated().map { ChartDrawing.Entry(name: $0.element, series: $0.offset % 6) }
        return ChartDrawing(
            svg: svg, legend: (2...12).contains(entries.count) ? entries : [],
            description: "\(frames.count) frames, the outermost on top; each is as wide as the time spent in it.")
    }

    private func draw(
        _ frame: FlameGraph.Frame, share: Double, _ from: Double, _ to: Double, _ series: Int, noteAt y: Double,
        _ svg: inout SVG
    ) {
        let top = 4 + Double(frame.depth) * Self.rowHeight
        let width = to - from
        let gap = width > 3 ? 0.8 : 0
        let words =
            "\(frame.name): \(graph.axis.unit.format(frame.value)), \(MetricUnit.fraction.format(share))"
            + (frame.details.isEmpty ? "" : " · \(frame.details)")
        svg.frame(tip: words, isReachable: width >= 6) { svg in
            svg.rectangle(from, top, width - gap, Self.rowHeight - 1, "bar s\(series)", radius: width > 6 ? 2 : 0)
            if width > 34 {
                svg.text(from + 5, top + 14, SVG.fit(frame.name, width - 10, size: 11), "on")
            }
            svg.text(4, y, SVG.fit(words, format.width - 8), "tip")
        }
    }
}
