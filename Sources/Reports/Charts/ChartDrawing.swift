import Records

/// A chart drawn for one width of page.
struct ChartDrawing {
    /// The widths for which each chart is drawn; the page shows the one that fits.
    enum Format: CaseIterable {
        case wide, narrow

        var width: Double { self == .wide ? 720 : 360 }
        var style: String { self == .wide ? "wide" : "narrow" }
    }

    /// One entry of a legend.
    struct Entry: Hashable {
        let name: String
        let series: Int
    }

    let svg: SVG
    /// The legend, empty where there is one series.
    let legend: [Entry]
    /// What the chart shows, in words.
    let description: String

    /// Draws an exhibit's chart; `nil` for tables and pictures, which are not drawn.
    static func draw(_ content: Exhibit.Content, _ format: Format) -> ChartDrawing? {
        switch content {
        case .table, .images: nil
        case .bars(let chart): BarDrawing(chart: chart, format: format).drawing
        case .lines(let chart): LineDrawing(chart: chart, format: format).drawing
        case .distribution(let chart):
            chart.style == .box
                ? BoxDrawing(chart: chart, format: format).drawing
                : LineDrawing(chart: LineDrawing.cumulative(chart), format: format).drawing
        case .heatMap(let map): HeatMapDrawing(map: map, format: format).drawing
        case .timeline(let chart): TimelineDrawing(chart: chart, format: format).drawing
        case .flame(let graph): FlameDrawing(graph: graph, format: format).drawing
        }
    }
}

/// The rows of a chart whose values run to the right: where labels stand and where values begin.
struct RowLayout {
    let isAbove: Bool
    let labelWidth: Double
    let left: Double
    let right: Double

    /// Labels stand to the left on a wide page, above their rows on a narrow one.
    init(_ labels: [String], format: ChartDrawing.Format, trailing: Double) {
        isAbove = format == .narrow
        let longest = labels.map { SVG.width(of: $0, size: 13) }.max() ?? 0
        labelWidth = isAbove ? format.width - 4 : min(longest, format.width * 0.34)
        left = isAbove ? 6 : labelWidth + 14
        right = format.width - trailing
    }
}

extension SVG {
    /// Vertical grid lines with their ticks below, and the axis' title under them.
    mutating func horizontalAxis(_ scale: ChartScale, _ axis: Axis, top: Double, bottom: Double, count: Int) {
        let ticks = scale.ticks(axis: axis, count: count)
        let labels = AxisLabels(axis, ticks: ticks)
        for tick in ticks {
            let x = scale.place(tick)
            line(x, top, x, bottom, "grid")
            text(x, bottom + 16, labels.text(tick), "tick", anchor: .middle)
        }
        text((scale.start + scale.end) / 2, bottom + 36, labels.title, "axis", anchor: .middle)
    }

    /// A whisker along a row: the interval of a value.
    mutating func whisker(from: Double, to: Double, at y: Double, cap: Double) {
        line(from, y, to, y, "whisker")
        line(from, y - cap, from, y + cap, "whisker")
        line(to, y - cap, to, y + cap, "whisker")
    }
}
