/// Something to look at, as data: the terminal, the report and the dashboard draw it.
public struct Exhibit: Sendable, Hashable {
    /// What is shown.
    public enum Content: Sendable, Hashable {
        /// A table.
        case table(Table)
        /// Lines or points over an axis.
        case lines(LineChart)
        /// Bars with whiskers.
        case bars(BarChart)
        /// Distributions.
        case distribution(DistributionChart)
        /// A matrix in colours.
        case heatMap(HeatMap)
        /// Pictures.
        case images(ImageGrid)
        /// Spans of time.
        case timeline(TimelineChart)
        /// Where time went, frame within frame.
        case flame(FlameGraph)
    }

    /// A stable name within the record: `latency-by-stack`.
    public var name: String
    /// The title.
    public var title: String
    /// What the reader should see in it, in a sentence or two.
    public var caption: String
    /// The question that it helps to answer.
    public var question: Question?
    /// Whether it differs from run to run, as charts of times do.
    public var varies: Bool
    /// What is shown.
    public var content: Content

    /// Makes an exhibit; by default it varies when one of its units does.
    public init(
        _ name: String, title: String, caption: String = "", question: Question? = nil, varies: Bool? = nil,
        _ content: Content
    ) {
        self.name = name
        self.title = title
        self.caption = caption
        self.question = question
        self.content = content
        self.varies = varies ?? content.units.contains(where: \.varies)
    }
}

extension Exhibit.Content {
    /// The stable name of the kind: `table`, `lines`, `bars`, `distribution`, `heat-map`, `images`, `timeline`,
    /// `flame-graph`.
    public var kind: String {
        switch self {
        case .table: "table"
        case .lines: "lines"
        case .bars: "bars"
        case .distribution: "distribution"
        case .heatMap: "heat-map"
        case .images: "images"
        case .timeline: "timeline"
        case .flame: "flame-graph"
        }
    }

    /// The units of the numbers shown.
    public var units: Set<MetricUnit> {
        switch self {
        case .table(let table):
            Set(
                table.rows.joined().compactMap { cell in
                    if case .quantity(let quantity) = cell { quantity.unit } else { nil }
                })
        case .lines(let chart): [chart.x.unit, chart.y.unit]
        case .bars(let chart): [chart.axis.unit]
        case .distribution(let chart): [chart.axis.unit]
        case .heatMap(let map): [map.axis.unit]
        case .images: []
        case .timeline(let chart): [chart.axis.unit]
        case .flame(let graph): [graph.axis.unit]
        }
    }
}

extension Exhibit: Codable {
    private enum Key: String, CodingKey { case name, title, caption, question, varies, kind, content }

    /// Reads the JSON form.
    public init(from decoder: any Decoder) throws {
        let box = try decoder.container(keyedBy: Key.self)
        name = try box.decode(String.self, forKey: .name)
        title = try box.decode(String.self, forKey: .title)
        caption = try box.decodeIfPresent(String.self, forKey: .caption) ?? ""
        question = try box.decodeIfPresent(Question.self, forKey: .question)
        varies = try box.decodeIfPresent(Bool.self, forKey: .varies) ?? false
        switch try box.decode(String.self, forKey: .kind) {
        case "table": content = .table(try box.decode(Table.self, forKey: .content))
        case "lines": content = .lines(try box.decode(LineChart.self, forKey: .content))
        case "bars": content = .bars(try box.decode(BarChart.self, forKey: .content))
        case "distribution": content = .distribution(try box.decode(DistributionChart.self, forKey: .content))
        case "heat-map": content = .heatMap(try box.decode(HeatMap.self, forKey: .content))
        case "images": content = .images(try box.decode(ImageGrid.self, forKey: .content))
        case "timeline": content = .timeline(try box.decode(TimelineChart.self, forKey: .content))
        case "flame-graph": content = .flame(try box.decode(FlameGraph.self, forKey: .content))
        case let other:
            throw DecodingError.dataCorruptedError(
                forKey: .kind, in: box, debugDescription: "'\(other)' is not a kind of exhibit")
        }
    }

    /// Writes the JSON form.
    public func encode(to encoder: any Encoder) throws {
        var box = encoder.container(keyedBy: Key.self)
        try box.encode(name, forKey: .name)
        try box.encode(title, forKey: .title)
        if !caption.isEmpty { try box.encode(caption, forKey: .caption) }
        try box.encodeIfPresent(question, forKey: .question)
        if varies { try box.encode(true, forKey: .varies) }
        try box.encode(content.kind, forKey: .kind)
        switch content {
        case .table(let value): try box.encode(value, forKey: .content)
        case .lines(let value): try box.encode(value, forKey: .content)
        case .bars(let value): try box.encode(value, forKey: .content)
        case .distribution(let value): try box.encode(value, forKey: .content)
        case .heatMap(let value): try box.encode(value, forKey: .content)
        case .images(let value): try box.encode(value, forKey: .content)
        case .timeline(let value): try box.encode(value, forKey: .content)
        case .flame(let value): try box.encode(value, forKey: .content)
        }
    }
}
