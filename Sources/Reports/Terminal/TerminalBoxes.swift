import Records

/// Draws distributions as boxes on one scale, with their quantiles in numbers below.
struct TerminalBoxes {
    let chart: DistributionChart
    let style: TerminalStyle

    var lines: [String] {
        let shown = chart.series.filter { $0.count > 0 }
        let low = shown.compactMap { $0.quantile(0.01) }.min()
        let high = shown.compactMap { $0.quantile(0.99) }.max()
        let table = TerminalTable(table: ChartTables.distribution(chart), style: style).lines
        guard chart.style == .box, let low, let high, high > low else { return table }
        let names = chart.series.map { DisplayWidth.cut(DisplayWidth.safe($0.name), to: style.width / 3) }
        let width = names.map(DisplayWidth.of).max() ?? 0
        let room = max(10, style.width - width - 2)
        func place(_ value: Double) -> Int { TerminalChart.place((value - low) / (high - low), of: room) }
        let boxes = zip(chart.series, names).map { series, name -> String in
            var cells = Array(repeating: " ", count: room)
            let places = [0.01, 0.25, 0.5, 0.75, 0.99].compactMap { series.quantile($0) }.map(place)
            if places.count == 5 {
                for cell in places[0]...places[4] { cells[cell] = "─" }
                for cell in places[1]...places[3] { cells[cell] = "▒" }
                cells[places[0]] = "├"
                cells[places[4]] = "┤"
                cells[places[2]] = "█"
            }
            return style.line([(DisplayWidth.pad(name, to: width) + "  ", nil), (cells.joined(), .blue)])
        }
        let ends = [low, high].map { chart.axis.unit.shown($0) }
        let space = max(1, room - DisplayWidth.of(ends[0]) - DisplayWidth.of(ends[1]))
        let scale = ends[0] + String(repeating: " ", count: space) + ends[1]
        let margin = String(repeating: " ", count: width + 2)
        return boxes + [style.line([(margin, nil), (scale, .faint)]), ""] + table
    }
}
