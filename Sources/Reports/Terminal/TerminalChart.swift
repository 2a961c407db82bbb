import Records

/// Draws charts with block characters; what they cannot show is written out in numbers.
struct TerminalChart {
    let style: TerminalStyle

    func lines(_ content: Exhibit.Content) -> [String] {
        switch content {
        case .table(let table): TerminalTable(table: table, style: style).lines
        case .bars(let chart): bars(chart)
        case .lines(let chart): sparklines(chart)
        case .distribution(let chart): TerminalBoxes(chart: chart, style: style).lines
        case .heatMap(let map): TerminalTable(table: ChartTables.heatMap(map), style: style).lines
        case .images(let grid): pictures(grid)
        case .timeline(let chart): timeline(chart)
        case .flame(let graph): TerminalFlame(graph: graph, style: style).lines
        }
    }

    private func bars(_ chart: BarChart) -> [String] {
        let values = chart.series.flatMap(\.values).compactMap { $0?.value }.filter { $0.isFinite && $0 > 0 }
        let largest = values.max() ?? 1
        let isGrouped = chart.series.count > 1
        let heads = (isGrouped ? chart.series.map(\.name) : chart.categories).map(DisplayWidth.safe)
        let labelWidth = min((heads.map(DisplayWidth.of).max() ?? 0) + (isGrouped ? 2 : 0), style.width / 3)
        let texts = chart.series.flatMap(\.values).compactMap { $0?.shown }
        let room = style.width - labelWidth - (texts.map(DisplayWidth.of).max() ?? 0) - 4
        func rows(_ head: String, _ quantity: Quantity?) -> [String] {
            let label = DisplayWidth.pad(DisplayWidth.cut(head, to: labelWidth), to: labelWidth) + "  "
            guard let quantity else { return [style.line([(label, nil), ("–", .faint)])] }
            let share = quantity.value.isFinite ? max(0, min(1, quantity.value / largest)) : 0
            // Where bar and number do not fit side by side, the number stands below.
            let length = room >= 6 ? room : max(1, style.width - labelWidth - 2)
            let bar = Self.bar(share, length)
            guard room < 6 else {
                return [
                    style.line([(label, nil), (DisplayWidth.pad(bar, to: room), .blue), ("  " + quantity.shown, nil)])
                ]
            }
            return [style.line([(label, nil), (bar, .blue)]), style.line([("    " + quantity.shown, nil)])]
        }
        var lines: [String] = []
        for (index, category) in chart.categories.enumerated() {
            if isGrouped { lines.append(style.line([(DisplayWidth.safe(category), nil)])) }
            for (series, head) in zip(chart.series, isGrouped ? heads.map { "  " + $0 } : []) {
                lines += rows(head, index < series.values.count ? series.values[index] : nil)
            }
            if !isGrouped, let values = chart.series.first?.values {
                lines += rows(heads[index], index < values.count ? values[index] : nil)
            }
        }
        return lines + references(chart.references, chart.axis)
    }

    private func sparklines(_ chart: LineChart) -> [String] {
        let values = chart.series.flatMap(\.points).map(\.y).filter(\.isFinite)
        guard let low = values.min(), let high = values.max() else { return ["(no points)"] }
        let names = chart.series.map { DisplayWidth.cut(DisplayWidth.safe($0.name), to: style.width / 3) }
        let width = names.map(DisplayWidth.of).max() ?? 0
        let places = chart.series.flatMap(\.points).map(\.x).filter(\.isFinite)
        var lines = zip(chart.series, names).map { series, name -> String in
            let points = series.points.filter(\.y.isFinite)
            let graph = points.map { Self.level(high > low ? ($0.y - low) / (high - low) : 0.5) }
            let room = max(4, style.width - width - 30)
            let shown = graph.count <= room ? graph : (0..<room).map { graph[$0 * graph.count / room] }
            let ends = [points.first, points.last].map { $0.map { chart.y.unit.shown($0.y) } ?? "–" }
            return style.line([
                (DisplayWidth.pad(name, to: width) + "  ", nil), (shown.joined(), .blue),
                ("  " + ends.joined(separator: " → "), nil),
            ])
        }
        let from = chart.x.unit.format(places.min() ?? 0)
        let axis = "\(chart.x.label) from \(from) to \(chart.x.unit.format(places.max() ?? 0))"
        let range = "\(chart.y.label) from \(chart.y.unit.format(low)) to \(chart.y.unit.format(high))"
        lines += faint("\(axis); \(range)")
        return lines + references(chart.references, chart.y)
    }

    private func faint(_ text: String) -> [String] {
        DisplayWidth.wrap(DisplayWidth.safe(text), to: style.width).map { style.ink($0, .faint) }
    }

    private func references(_ references: [Reference], _ axis: Axis) -> [String] {
        references.flatMap { faint("\($0.label): \(axis.unit.format($0.value))") }
    }

    private func pictures(_ grid: ImageGrid) -> [String] {
        let shown = grid.pictures.prefix(24).map { picture -> String in
            let mark = picture.state.map { style.ink(StateMark.symbol($0), StateMark.ink($0)) + " " } ?? ""
            let words = ([picture.caption] + picture.details).map(DisplayWidth.safe).joined(separator: ", ")
            return mark + DisplayWidth.cut(words, to: style.width - 2)
        }
        let rest = grid.pictures.count - shown.count
        return shown + (rest > 0 ? [style.ink("and \(rest) more pictures", .faint)] : [])
    }

    private func timeline(_ chart: TimelineChart) -> [String] {
        let ends = chart.lanes.flatMap(\.spans).map { $0.start + $0.duration }.filter(\.isFinite)
        guard let end = ends.max(), end > 0 else { return ["(no spans)"] }
        let names = chart.lanes.map { DisplayWidth.cut(DisplayWidth.safe($0.name), to: style.width / 4) }
        let width = names.map(DisplayWidth.of).max() ?? 0
        let room = max(10, style.width - width - 2)
        var lines = zip(chart.lanes, names).map { lane, name -> String in
            var cells = Array(repeating: "·", count: room)
            for span in lane.spans where span.start.isFinite && span.duration.isFinite && span.start >= 0 {
                let first = Self.place(span.start / end, of: room)
                let after = (span.start + max(0, span.duration)) / end
                let last = max(first, after >= 1 ? room - 1 : Self.place(after, of: room) - 1)
                for cell in first...last { cells[cell] = cell == first && last > first ? "▐" : "█" }
            }
            return style.line([(DisplayWidth.pad(name, to: width) + "  ", nil), (cells.joined(), .blue)])
        }
        let last = chart.axis.unit.shown(end)
        let scale = DisplayWidth.pad("0", to: room - DisplayWidth.of(last)) + last
        lines.append(style.line([(String(repeating: " ", count: width + 2), nil), (scale, .faint)]))
        return lines
    }

    /// A bar of so many columns, to an eighth of a column.
    static func bar(_ share: Double, _ width: Int) -> String {
        let eighths = Int((share * Double(width) * 8).rounded())
        let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
        let bar = String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
        return bar.isEmpty && share > 0 ? "▏" : bar
    }

    private static func level(_ share: Double) -> String {
        let levels = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
        return levels[place(share, of: 8)]
    }

    /// The cell, of so many, in which a share in [0, 1] falls; shares outside fall in the first or last.
    static func place(_ share: Double, of count: Int) -> Int {
        guard share > 0, count > 1 else { return 0 }
        return share >= 1 ? count - 1 : min(count - 1, Int(share * Double(count)))
    }
}
