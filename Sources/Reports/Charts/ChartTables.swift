import Records

/// The numbers of a chart as a table, for readers who do not see the chart and for terminals that cannot draw it.
enum ChartTables {
    /// The table of any exhibit; `nil` where the exhibit is one, or consists of pictures.
    static func table(_ content: Exhibit.Content) -> Table? {
        switch content {
        case .table, .images: nil
        case .bars(let chart): bars(chart)
        case .lines(let chart): lines(chart)
        case .distribution(let chart): distribution(chart)
        case .heatMap(let map): heatMap(map)
        case .timeline(let chart): timeline(chart)
        case .flame(let graph): flame(graph)
        }
    }

    static func bars(_ chart: BarChart) -> Table {
        Table(
            columns: [.init("")] + chart.series.map { .init($0.name, .right) },
            rows: chart.categories.enumerated().map { index, category in
                [.text(category)]
                    + chart.series.map { series in
                        let value = index < series.values.count ? series.values[index] : nil
                        return value.map { .quantity($0) } ?? .missing("")
                    }
            })
    }

    /// One row a point; of very many points every so many-th.
    static func lines(_ chart: LineChart) -> Table {
        let limit = 200
        let rows = chart.series.flatMap { series in
            series.points.map { point -> [Cell] in
                let interval = point.lower.flatMap { lower in
                    point.upper.map { Interval(lower: lower, upper: $0, method: "") }
                }
                return [
                    .text(series.name), .quantity(Quantity(point.x, chart.x.unit)),
                    .quantity(Quantity(point.y, chart.y.unit, interval: interval)),
                ]
            }
        }
        let shown = rows.count <= limit ? rows : (0..<limit).map { rows[$0 * rows.count / limit] }
        return Table(
            columns: [.init("Series"), .init(chart.x.label, .right), .init(chart.y.label, .right)], rows: shown)
    }

    static func distribution(_ chart: DistributionChart) -> Table {
        let probabilities: [(String, Double)] = [
            ("min", 0), ("p25", 0.25), ("median", 0.5), ("p75", 0.75), ("p90", 0.9), ("p99", 0.99), ("max", 1),
        ]
        return Table(
            columns: [.init(""), .init("n", .right)] + probabilities.map { .init($0.0, .right) },
            rows: chart.series.map { series in
                [.text(series.name), .quantity(Quantity(Double(series.count), .count))]
                    + probabilities.map { _, probability in
                        series.quantile(probability).map { .quantity(Quantity($0, chart.axis.unit)) } ?? .missing("")
                    }
            })
    }

    static func heatMap(_ map: HeatMap) -> Table {
        Table(
            columns: [.init(map.rowTitle)] + map.columns.map { .init($0, .right) },
            rows: map.rows.enumerated().map { index, name in
                let values = index < map.values.count ? map.values[index] : []
                return [.text(name)] + values.map { $0.map { .quantity(Quantity($0, map.axis.unit)) } ?? .missing("") }
            })
    }

    /// Frame by frame from the outermost inwards, those that matter.
    static func flame(_ graph: FlameGraph) -> Table {
        let whole = graph.frames.map { $0.start + $0.value }.filter(\.isFinite).max() ?? 0
        let frames = graph.frames.filter { $0.value.isFinite && $0.value >= whole * 0.001 }.prefix(200)
        return Table(
            columns: [
                .init("Frame"), .init("Kind"), .init(graph.axis.label, .right), .init("Share", .right), .init(""),
            ],
            rows: frames.map { frame in
                let indent = String(repeating: "· ", count: max(0, min(frame.depth, 32)))
                return [
                    .text(indent + frame.name), .text(frame.kind),
                    .quantity(Quantity(frame.value, graph.axis.unit)),
                    whole > 0 ? .quantity(Quantity(frame.value / whole, .fraction)) : .missing(""),
                    .text(frame.details),
                ]
            })
    }

    static func timeline(_ chart: TimelineChart) -> Table {
        Table(
            columns: [.init("Lane"), .init("Span"), .init("Kind"), .init("Start", .right), .init("Duration", .right)],
            rows: chart.lanes.flatMap { lane in
                lane.spans.map { span -> [Cell] in
                    [
                        .text(lane.name), .text(span.name), .text(span.kind),
                        .quantity(Quantity(span.start, chart.axis.unit)),
                        .quantity(Quantity(span.duration, chart.axis.unit)),
                    ]
                }
            }.prefix(200).map { $0 })
    }
}
