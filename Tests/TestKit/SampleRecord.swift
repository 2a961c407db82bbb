public import Records

/// A record with every kind of metric, exhibit, verdict and outcome; the same at every call.
public enum SampleRecord {
    /// The machine of the sample.
    public static let machine = Machine(
        processor: "Example CPU @ 2.10GHz", architecture: "x86_64", features: ["avx2", "avx512f"], physicalCores: 2,
        logicalCores: 4, memoryBytes: 16 << 30, caches: ["L1d": 32 << 10, "L2": 1 << 20, "L3": 33 << 20],
        operatingSystem: "Debian GNU/Linux 12", kernel: "6.1.0", virtualization: ["kvm"], load: [0.5, 0.25, 0.125])

    /// The stacks of the sample and their typical latency in nanoseconds.
    public static let stacks = [
        ("native 0.1", 9_400_000.0), ("onnxruntime 1.20.1", 7_150_000.0), ("openvino 2024.6", 5_820_000.0),
    ]

    /// The record with its samples.
    ///
    /// - Parameter id: its name.
    public static func archive(id: String = "20260729-101112-4f3a9c") -> RecordArchive {
        var record = Record(
            id: RecordID(rawValue: id), study: "evaluate", title: "MobileNetV2 on 20 photos",
            created: Timestamp(milliseconds: 1_785_319_872_345), tool: "0.1.0",
            spec: ["model": "mobilenetv2", "data": "photos", "samples": 400, "warmup": "500 ms"],
            lock: ["onnxruntime": "1.20.1", "openvino": "2024.6.0"],
            ingredients: [
                Ingredient(
                    .model, name: "mobilenetv2", version: "1.0.0", digest: SHA256.digest(of: "model"),
                    bytes: 13_964_571,
                    origin: "https://example.org/mobilenetv2.onnx", licence: "Apache-2.0"),
                Ingredient(.data, name: "photos", digest: SHA256.digest(of: "photos"), bytes: 2_101_337),
                Ingredient(.engine, name: "libonnxruntime.so", version: "1.20.1", digest: SHA256.digest(of: "engine")),
            ], machine: machine, seed: 42)
        record.notes = ["OpenVINO was told to compute in f32."]
        var archive = RecordArchive(record)
        for (index, (stack, typical)) in stacks.enumerated() {
            let samples = latencies(typical: typical, seed: UInt64(index + 1))
            archive.add("latency", samples, labels: [Label.stack: stack, Label.model: "mobilenetv2"])
            archive.record.metrics += metrics(stack, typical: typical, correct: 18)
            archive.record.outcomes.append(Outcome(stack: stack, .completed, labels: [Label.model: "mobilenetv2"]))
        }
        archive.record.metrics.append(
            Metric("energy", unavailable: "the energy counter reads a constant 0", unit: .joules))
        archive.record.metrics.append(Metric("work", 600_000_000, .flop, modelled: true))
        archive.record.outcomes.append(
            Outcome(stack: "broken 0.0", .crashed(signal: 11), log: "terminate called\nSegmentation fault"))
        archive.record.exhibits = SampleExhibits.all
        archive.record.verdicts = verdicts(archive.record)
        return archive
    }

    /// The record alone.
    public static var record: Record { archive().record }

    /// Latencies with a long tail, in nanoseconds.
    public static func latencies(typical: Double, seed: UInt64, count: Int = 400) -> [Int64] {
        var state = seed &* 0x9e37_79b9_7f4a_7c15
        return (0..<count).map { index in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let unit = Double(state >> 11) / Double(1 << 53)
            let tail = index % 50 == 49 ? 0.8 : 0.12
            return Int64(typical * (0.97 + tail * unit * unit * unit + 0.05 * unit))
        }
    }

    private static func metrics(_ stack: String, typical: Double, correct: Int) -> [Metric] {
        let labels = [Label.stack: stack, Label.model: "mobilenetv2"]
        let share = Double(correct) / 20
        return [
            Metric(
                "latency.median", typical, .nanoseconds,
                interval: Interval(lower: typical * 0.99, upper: typical * 1.012, method: "order-statistics"),
                count: 400,
                labels: labels),
            Metric(
                "accuracy.top1", share, .fraction, interval: Interval(lower: 0.699, upper: 0.972, method: "wilson"),
                count: 20, labels: labels),
            Metric("memory.peak", 91e6, .bytes, count: 1, labels: labels),
        ]
    }

    private static func verdicts(_ record: Record) -> [Verdict] {
        [
            Verdict(
                .fast, subject: "mobilenetv2", "openvino 2024.6 is the fastest of three stacks", .holds,
                metric: record.metric("latency.median", [Label.stack: "openvino 2024.6"])),
            Verdict(
                .itself, subject: "mobilenetv2", "three stacks agree within 1e-4 on 20 inputs", .holds,
                metric: Metric("agreement.worst", 3.1e-6, .number, count: 20)),
            Verdict(
                .right, subject: "mobilenetv2", "18 of 20 photos are right, the target is 19", .fails,
                metric: record.metric("accuracy.top1", [Label.stack: "native 0.1"])),
            Verdict(.survives, subject: "mobilenetv2", "too few faults were tried to tell", .unknown),
        ]
    }
}
