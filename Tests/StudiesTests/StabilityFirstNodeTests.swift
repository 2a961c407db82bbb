import Engines
import Foundation
import Graphs
import Records
import Specs
import Studies
import Tensors
import TestKit
import Testing

/// The first node at which two files part, on the native engine's reference kernels.
@Suite(
    .enabled(if: TestWorker.product != nil, "assay-worker is not built beside the tests"), .timeLimit(.minutes(10)))
struct StabilityFirstNodeTests {
    /// Six sums in a row, each with a constant of its own; one of them is another one by `change`.
    private func chain(changing layer: Int? = nil, by change: Float = 0, rows: Int = 1) throws -> Model {
        var (nodes, initializers): ([Node], [Initializer]) = ([], [])
        for index in 0..<6 {
            var values = (0..<4).map { Float($0) / 4 + Float(index) + 1 }
            if index == layer { values[2] += change }
            initializers.append(
                Initializer(
                    name: "c\(index)", tensor: try Tensor((0..<rows).flatMap { _ in values }, shape: [rows, 4])))
            nodes.append(
                Node(
                    "Add", inputs: [index == 0 ? "x" : "v\(index - 1)", "c\(index)"], outputs: ["v\(index)"],
                    name: "sum\(index)"))
        }
        let info = { (name: String) in ValueInfo(name, .tensor(.float32, SymbolicShape(Shape([rows, 4])))) }
        return Model(
            graph: Graph(
                name: "chain", nodes: nodes, inputs: [info("x")], outputs: [info("v5")], initializers: initializers))
    }

    private func record(_ changed: Model, firstNodes: Int = 2, batches: [Int] = [1]) async throws
        -> Record
    {
        let folder = try TemporaryFolder()
        try chain().write(to: folder.file("chain.onnx"))
        try changed.write(to: folder.file("changed.onnx"))
        let engine = InstalledEngine(named: "native", libraries: nil)
        var context = engine.context(worker: try #require(TestWorker.product))
        context.model = { name in
            let path = folder.file(name)
            return ResolvedModel(name: name, path: path, digest: try SHA256.digest(ofFile: path), bytes: 1)
        }
        var spec = StabilitySpec()
        spec.model = "chain.onnx"
        spec.variants = ["changed.onnx"]
        spec.stacks = [StackRequest("native")]
        spec.threads = [1]
        spec.batches = batches
        spec.samples = 3
        spec.duration = .zero
        spec.firstNodes = firstNodes
        return try await Stability(context).run(spec, effective: StabilitySpec.spec.effective(spec)).record
    }

    @Test(arguments: [0, 3, 5]) func theChangedNodeIsNamed(_ layer: Int) async throws {
        let record = try await record(chain(changing: layer, by: 0.5))
        let found = record.metrics("stability.first-node")
        #expect(found.count == 2 && found.allSatisfy { $0.labels["node"] == "sum\(layer)" }, "\(found)")
        #expect(found.allSatisfy { $0.value == Double(layer + 1) && $0.count == 6 && $0.labels["operator"] == "Add" })
        #expect(record.notes.contains { $0.contains("node \(layer + 1) of 6, Add 'sum\(layer)'") }, "\(record.notes)")
    }

    /// The reference runs one sample; the other file, whose constants have two rows, can only run two at once.
    @Test func cellsOfAnotherBatchAreLookedInto() async throws {
        let record = try await record(chain(changing: 2, by: 0.5, rows: 2), batches: [1, 2])
        let found = record.metrics("stability.first-node")
        #expect(
            !found.isEmpty && found.allSatisfy { $0.labels["node"] == "sum2" && $0.labels["batch"] == "2" }, "\(found)")
    }

    /// A difference within the tolerance is told by its bits alone.
    @Test func aSmallDifferenceIsBeyondNoTolerance() async throws {
        let record = try await record(chain(changing: 2, by: Float(32).ulp))
        #expect(record.metrics("stability.first-node").map { $0.labels["beyond"] } == ["bits"])
    }

    @Test func equalFilesPartNowhere() async throws {
        let same = try await record(chain())
        #expect(same.metrics("stability.first-node").isEmpty && same.exhibits.allSatisfy { $0.name != "first-node" })
        let left = try await record(chain(changing: 1, by: 1), firstNodes: 0)
        #expect(left.metrics("stability.first-node").isEmpty)
    }

    /// Parts keep to their bounds and hold every value once, in the order of the graph.
    @Test func tapsAreTakenInParts() throws {
        let model = try chain()
        let plan = try TapPlan(model, mostBytes: 40, mostValues: 128)
        #expect(plan.parts.map { $0.map(\.value) } == [["v0", "v1"], ["v2", "v3"], ["v4", "v5"]])
        let single = try TapPlan(model, mostBytes: 1, mostValues: 128)
        #expect(single.parts.count == 6)
        let common = try TapPlan(model, common: ["v1", "v4"])
        #expect(common.parts.map { $0.map(\.value) } == [["v1", "v4"]])
        let tapped = try plan.tapped(plan.parts[1])
        #expect(tapped.graph.outputs.map(\.name) == ["v5", "v2", "v3"])
    }
}
