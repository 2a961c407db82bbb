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
        }
    }

    private func bars(_ chart: BarChart) -> [String] {
        let values = chart.series.flatMap(\.values).compactMap { $0?.value }.filter { $0.isFinite && $0 > 0 }
        let largest = values.max() ?? 1
        let labels = chart.categories.map(DisplayWidth.safe)
        let names = chart.series.map { DisplayWidth.safe($0.name) }
        let isGrouped = chart.series.count > 1
        let heads = isGrouped ? names : labels
        let labelWidth = min((heads.map(DisplayWidth.of).max() ?? 0) + (isGrouped ? 2 : 0), style.width / 3)
        let texts = chart.series.flatMap(\.values).map { $0?.description ?? "–" }
        let textWidth = texts.map(DisplayWidth.of).max() ?? 0
        let room = max(6, style.width - labelWidth - textWidth - 4)
        func row(_ head: String, _ quantity: Quantity?) -> String {
            let label = DisplayWidth.pad(DisplayWidth.cut(head, to: labelWidth), to: labelWidth)
            guard let quantity else { return label + "  " + style.ink("–", .faint) }
            let share = quantity.value.isFinite ? max(0, min(1, quantity.value / largest)) : 0
            let bar = DisplayWidth.pad(Self.bar(share, room), to: room)
            return label + "  " + style.ink(bar, .blue) + "  " + quantity.description
        }
        var lines: [String] = []
        for (index, label) in labels.enumerated() {
            if isGrouped { lines.append(DisplayWidth.cut(label, to: style.width)) }
            for (series, name) in zip(chart.series, names) {
                let value = index < series.values.count ? series.values[index] : nil
                lines.append(row(isGrouped ? "  " + name : label, value))
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
        let from = places.min() ?? 0
        let to = places.max() ?? 0
        var lines = zip(chart.series, names).map { series, name -> String in
            let points = series.points.filter(\.y.isFinite)
            let graph = points.map { Self.level(high > low ? ($0.y - low) / (high - low) : 0.5) }
            let room = max(4, style.width - width - 30)
            let shown = graph.count <= room ? graph : (0..<room).map { graph[$0 * graph.count / room] }
            let first = points.first.map { chart.y.unit.format($0.y) } ?? "–"
            let last = points.last.map { chart.y.unit.format($0.y) } ?? "–"
            return DisplayWidth.pad(name, to: width) + "  " + style.ink(shown.joined(), .blue) + "  \(first) → \(last)"
        }
        let axis = "\(chart.x.label) from \(chart.x.unit.format(from)) to \(chart.x.unit.format(to))"
        let range = "\(chart.y.label) from \(chart.y.unit.format(low)) to \(chart.y.unit.format(high))"
        lines.append(style.ink(DisplayWidth.safe("\(axis); \(range)"), .faint))
        return lines + references(chart.references, chart.y)
    }

    private func references(_ references: [Reference], _ axis: Axis) -> [String] {
        references.map { reference in
            style.ink(DisplayWidth.safe("\(reference.label): \(axis.unit.format(reference.value))"), .faint)
        }
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
                let first = min(room - 1, Int(span.start / end * Double(room)))
                let last = min(room - 1, max(first, Int((span.start + max(0, span.duration)) / end * Double(room)) - 1))
                for cell in first...last { cells[cell] = cell == first && last > first ? "▐" : "█" }
            }
            return DisplayWidth.pad(name, to: width) + "  " + style.ink(cells.joined(), .blue)
        }
        let scale = DisplayWidth.pad("0", to: room - DisplayWidth.of(chart.axis.unit.format(end)))
        lines.append(String(repeating: " ", count: width + 2) + style.ink(scale + chart.axis.unit.format(end), .faint))
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
        return levels[min(7, max(0, Int(share * 8)))]
    }
}
