import Timelines

/// A small timeline by hand: a request, a run of a model, two layers and a kernel on another track.
enum SampleTimeline {
    static let main = Timeline.TrackID(process: 42, thread: 7)
    static let device = Timeline.TrackID(process: 42, thread: 8)
    static let origin: Int64 = 1_790_000_000_123_456_789

    static let timeline = Timeline(
        processes: [Timeline.Process(42, name: "assay-worker", attributes: [Timeline.Argument("host.name", "bench")])],
        tracks: [Timeline.Track(main, name: "main"), Timeline.Track(device, name: "device")],
        spans: [
            Timeline.Span(
                1, name: "request", level: .application, kind: .server, track: main, start: origin, duration: 5000),
            Timeline.Span(
                2, parent: 1, name: "run", level: .model, track: main, start: origin + 500, duration: 4000,
                arguments: [
                    Timeline.Argument("batch", 8), Timeline.Argument("share", 0.5), Timeline.Argument("warm", true),
                    Timeline.Argument("shape", .array([1, 3, 224, 224])),
                    Timeline.Argument("stack", .object([Timeline.Argument("engine", "native")])),
                    Timeline.Argument("none", .empty),
                ]),
            Timeline.Span(
                3, parent: 2, name: "conv1", category: "Conv", level: .layer, track: main, start: origin + 600,
                duration: 1501),
            Timeline.Span(
                4, parent: 2, name: "relu1", category: "Relu", level: .layer, track: main, start: origin + 2101,
                duration: 0),
            Timeline.Span(
                5, parent: 3, name: "gemm", level: .hardware, track: device, start: origin + 700, duration: 2000),
        ],
        counters: [
            Timeline.Counter(
                "energy", unit: "J", process: 42,
                samples: [.init(time: origin, value: 0), .init(time: origin + 5000, value: 1.25)])
        ])
}
