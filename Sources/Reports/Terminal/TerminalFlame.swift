import Records

/// Draws a flame graph as a tree of bars: a line a frame, those that matter.
struct TerminalFlame {
    let graph: FlameGraph
    let style: TerminalStyle

    private static let most = 40

    var lines: [String] {
        let frames = graph.frames.filter { $0.value.isFinite && $0.start.isFinite && $0.depth >= 0 }
        let whole = frames.map { $0.start + $0.value }.max() ?? 0
        guard whole > 0 else { return ["(no frames)"] }
        let shown = chosen(frames)
        let names = shown.map { frame in
            String(repeating: "  ", count: min(frame.depth, 8)) + DisplayWidth.safe(frame.name)
        }
        let width = min(names.map(DisplayWidth.of).max() ?? 0, style.width * 2 / 5)
        let numbers = shown.map { frame in
            "\(graph.axis.unit.shown(frame.value))  \(MetricUnit.fraction.format(frame.value / whole))"
        }
        let tail = numbers.map(DisplayWidth.of).max() ?? 0
        let room = max(4, style.width - width - tail - 4)
        var lines = zip(shown, zip(names, numbers)).map { frame, texts -> String in
            let name = DisplayWidth.pad(DisplayWidth.cut(texts.0, to: width), to: width)
            let bar = DisplayWidth.pad(TerminalChart.bar(max(0, min(1, frame.value / whole)), room), to: room)
            return style.line([
                (name + "  ", nil), (bar, .blue), ("  " + DisplayWidth.pad(texts.1, to: tail, right: true), nil),
            ])
        }
        let rest = frames.count - shown.count
        if rest > 0 { lines.append(style.ink("and \(rest) smaller frames", .faint)) }
        return lines
    }

    /// The widest frames in the order of the graph; a frame is as wide as all that it holds, so none stands without its own.
    private func chosen(_ frames: [FlameGraph.Frame]) -> [FlameGraph.Frame] {
        let order = frames.indices.sorted { (frames[$1].value, $0) < (frames[$0].value, $1) }
        return order.prefix(Self.most).sorted().map { frames[$0] }
    }
}
