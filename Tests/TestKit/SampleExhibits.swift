public import Records

/// One exhibit of every kind.
public enum SampleExhibits {
    /// All of them.
    public static let all: [Exhibit] = [table, bars, boxes, cumulative, lines, heatMap, images, timeline, flame]

    /// A table with every kind of cell.
    public static let table = Exhibit(
        "summary", title: "Stacks compared", caption: "One row a stack; intervals are at 95 %.", question: .fast,
        .table(
            Table(
                columns: [
                    .init("Stack"), .init("Median", .right), .init("Top-1", .right), .init("Peak memory", .right),
                    .init("Agrees"),
                ],
                rows: SampleRecord.stacks.map { stack, typical in
                    [
                        .text(stack),
                        .quantity(
                            Quantity(
                                typical, .nanoseconds,
                                interval: Interval(
                                    lower: typical * 0.99, upper: typical * 1.012, method: "order-statistics"),
                                count: 400)),
                        .quantity(
                            Quantity(
                                0.9, .fraction, interval: Interval(lower: 0.699, upper: 0.972, method: "wilson"),
                                count: 20)),
                        .quantity(Quantity(91e6, .bytes)), .state(.holds, "within 1e-4"),
                    ]
                } + [
                    [
                        "broken 0.0", .missing("crashed (SIGSEGV)"), .missing("crashed (SIGSEGV)"),
                        .missing("not read"), .state(.fails, "no outputs"),
                    ]
                ])))

    /// Bars with whiskers, two series, one value missing.
    public static let bars = Exhibit(
        "latency", title: "Median latency", caption: "Lower is better. Whiskers are 95 % intervals.", question: .fast,
        .bars(
            BarChart(
                categories: SampleRecord.stacks.map(\.0), axis: Axis("Latency", .nanoseconds),
                series: [
                    .init("1 thread", SampleRecord.stacks.map { quantity($0.1 * 1.7) }),
                    .init("2 threads", [quantity(9_400_000), quantity(7_150_000), nil]),
                ], references: [Reference("target", at: 10_000_000)])))

    /// Boxes.
    public static let boxes = Exhibit(
        "latency-boxes", title: "Latency of single runs", caption: "400 runs a stack.", question: .fast,
        .distribution(DistributionChart(axis: Axis("Latency", .nanoseconds), series: distributions)))

    /// Cumulative curves.
    public static let cumulative = Exhibit(
        "latency-cumulative", title: "Share of runs that end in time", question: .fast,
        .distribution(
            DistributionChart(axis: Axis("Latency", .nanoseconds), series: distributions, style: .cumulative)))

    /// Lines with intervals on a logarithmic axis.
    public static let lines = Exhibit(
        "throughput", title: "Throughput by batch size", caption: "Bands are 95 % intervals.", question: .fast,
        .lines(
            LineChart(
                x: Axis("Batch size", .count, scale: .logarithmic), y: Axis("Throughput", .itemsPerSecond),
                series: throughput, references: [Reference("camera", at: 60)])))

    /// A confusion matrix with a cell missing.
    public static let heatMap = Exhibit(
        "agreement", title: "Largest difference between stacks", caption: "As a share of the largest output.",
        question: .itself,
        .heatMap(
            HeatMap(
                rows: SampleRecord.stacks.map(\.0), columns: SampleRecord.stacks.map(\.0),
                axis: Axis("Difference", .number),
                values: [[0, 3.1e-6, 2.2e-6], [3.1e-6, 0, 1.4e-6], [2.2e-6, 1.4e-6, nil]])))

    /// Pictures with verdicts.
    public static let images = Exhibit(
        "mistakes", title: "What was taken for what", question: .right,
        .images(
            ImageGrid([
                .init(
                    "tabby", details: ["0.93"], state: .holds, encoding: .png,
                    data: TestPicture.png(side: 32) { (UInt8($0 * 8), UInt8($1 * 8), 128) }),
                .init(
                    "golden retriever <dog>", details: ["taken for Labrador", "0.51"], state: .fails, encoding: .png,
                    data: TestPicture.png(side: 32) { (200, UInt8($0 * 4), UInt8($1 * 4)) }),
                .init(
                    "espresso", encoding: .png,
                    data: TestPicture.png(side: 32) { ($0 + $1) % 8 < 4 ? (90, 60, 40) : (230, 220, 200) }),
            ])))

    /// Overlapping lanes.
    public static let timeline = Exhibit(
        "overlap", title: "Loading, inference and scoring", caption: "The first four inputs.", question: .why,
        .timeline(
            TimelineChart(lanes: lanes)))

    /// Frames of two kinds, three deep.
    public static let flame = Exhibit(
        "flame", title: "Where a run spends its time", caption: "Widths are nanoseconds.", question: .why,
        .flame(
            FlameGraph(frames: [
                .init("run", depth: 0, start: 0, value: 4e6),
                .init("Conv", kind: "Conv", depth: 1, start: 0, value: 3e6, details: "2 layers"),
                .init("/conv1/Conv", kind: "Conv", depth: 2, start: 0, value: 2.1e6, details: "jit_avx512"),
                .init("/conv2/Conv", kind: "Conv", depth: 2, start: 2.1e6, value: 9e5, details: "brgemm <1>"),
                .init("Softmax", kind: "Softmax", depth: 1, start: 3e6, value: 2.5e5),
                .init("/prob/Softmax", kind: "Softmax", depth: 2, start: 3e6, value: 2.5e5),
            ])))

    private static var throughput: [LineChart.Series] {
        SampleRecord.stacks.enumerated().map { index, stack in
            let points = [1.0, 2, 4, 8, 16, 32].map { batch -> LineChart.Point in
                let gain: Double = (1 + 0.5 * (1 - 1 / batch)) * (1 + 0.02 * Double(index))
                let value: Double = 1e9 / stack.1 * gain
                return LineChart.Point(batch, value, lower: value * 0.96, upper: value * 1.03)
            }
            return LineChart.Series(stack.0, points)
        }
    }

    private static var lanes: [TimelineChart.Lane] {
        let inputs = [0.0, 1, 2, 3]
        func lane(_ name: String, _ kind: String, first: Double, every step: Double, for duration: Double)
            -> TimelineChart.Lane
        {
            TimelineChart.Lane(
                name,
                inputs.map { index in
                    TimelineChart.Span(
                        "input \(Int(index))", kind: kind, start: first + index * step, duration: duration)
                })
        }
        return [
            lane("load", "decode", first: 0, every: 5e6, for: 4e6),
            lane("run", "inference", first: 4e6, every: 6e6, for: 5.8e6),
            lane("score", "top-k", first: 10e6, every: 6e6, for: 4e5),
        ]
    }

    private static var distributions: [DistributionChart.Series] {
        SampleRecord.stacks.enumerated().map { index, stack in
            .init(
                stack.0,
                samples: SampleRecord.latencies(typical: stack.1, seed: UInt64(index + 1)).map(Double.init))
        }
    }

    private static func quantity(_ value: Double) -> Quantity {
        Quantity(
            value, .nanoseconds, interval: Interval(lower: value * 0.93, upper: value * 1.06, method: "bootstrap"),
            count: 400)
    }
}
