import Assay

/// Evaluates one model and prints two numbers of the record.
@main
enum Colours {
    static func main() async throws {
        let bench = try Workbench(isOffline: true)
        let archive = try await bench.evaluate(
            """
            title: Colours, from Swift
            models: [colours.onnx]
            stacks: [native]
            measure: {rounds: 3, duration: 20 ms, warmup: 20 ms}
            """)
        let record = archive.record
        for outcome in record.outcomes { print("\(outcome.stack): \(outcome.state.description)") }
        for metric in record.metrics where ["latency.median", "memory.peak"].contains(metric.name) {
            print("\(metric.name): \(metric)")
        }
        print("record \(record.id), kept in \(bench.home.records)")
    }
}
