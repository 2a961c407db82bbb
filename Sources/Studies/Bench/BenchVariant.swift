import Assets
import Foundation
import Graphs
import Operators
import Records
import Specs
import Tensors

/// A model at one batch: its file, the same for every engine, and what it is fed.
struct BenchVariant: Sendable {
    let model: BenchModel
    let batch: Int
    /// The file that every engine loads.
    let file: ResolvedModel
    /// True where the file was written here, with another batch.
    let isRewritten: Bool
    /// What it is fed when it is timed.
    let inputs: [NamedTensor]
    /// What else it is fed when outputs are compared: one item may happen to give nothing but zeros.
    let furtherInputs: [[NamedTensor]]
    /// What it takes to run it; `nil` where shapes are not known.
    let cost: RunCost?

    var labels: Labels { [Label.model: file.name, Label.batch: String(batch), "group": model.group.rawValue] }
}

/// A model of the benchmark, read once, from which its variants are made.
struct BenchSubject: Sendable {
    let model: BenchModel
    let file: ResolvedModel
    let graph: Model
    let spec: BenchSpec

    /// Reads a model.
    ///
    /// - Throws: `StudyError`, `AssetError` or `GraphError`.
    init(_ model: BenchModel, spec: BenchSpec, context: StudyContext) throws {
        self.model = model
        self.spec = spec
        var file = try context.model(model.name)
        // Two versions of one model are two models here.
        if model.name.contains("@") { file.name = model.name }
        self.file = file
        graph = try Model(contentsOf: file.path)
        try graph.validate()
    }

    /// True for a model of the zoo with weights drawn at random.
    var isRandom: Bool { (try? ModelZoo.entry(named: model.name))?.weights == .random }

    /// The model at a batch with what it is fed, written into a folder where its own batch is another one.
    ///
    /// - Throws: `BatchRewrite.Obstacle` where the batch cannot be changed; `StudyError`, `GraphError`, `RecordError`.
    func variant(batch: Int, folder: String) throws -> BenchVariant {
        let (file, variant) = try batched(batch, folder: folder)
        // Eight items in all, so that each comparison rests on as many.
        let further = spec.parts.contains(.agreement) ? max(8 / batch, 1) - 1 : 0
        let inputs = try inputs(1 + further, batch: batch, for: variant.graph)
        return BenchVariant(
            model: model, batch: batch, file: file, isRewritten: file.path != self.file.path, inputs: inputs[0],
            furtherInputs: Array(inputs.dropFirst()), cost: RunCost(variant, inputs: inputs[0]))
    }

    /// The model at a batch and its file, written into a folder where its own batch is another one.
    ///
    /// - Throws: `BatchRewrite.Obstacle` where the batch cannot be changed; `GraphError`, `RecordError`.
    func batched(_ batch: Int, folder: String) throws -> (file: ResolvedModel, model: Model) {
        guard batch == 1 || model.feeds.isEmpty || model.feeds.values.contains(where: { $0.shape.contains(.batch) })
        else {
            throw BatchRewrite.Obstacle(reason: "its inputs hold one item")
        }
        guard graph.graph.requiredInputs.contains(where: { BatchRewrite.fixes($0, otherThan: batch, fed: model.feeds) })
        else { return (file, graph) }
        let variant = try BatchRewrite.rebatched(graph, to: batch)
        return (try write(variant, batch: batch, folder: folder), variant)
    }

    /// Inputs of several seeds, the first of which is that of the spec.
    ///
    /// - Throws: `StudyError` of code `shape` or `input` where an input cannot be made up.
    func inputs(_ count: Int, batch: Int, for graph: Graph) throws(StudyError) -> [[NamedTensor]] {
        let shapes = Dictionary(spec.shapes.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        var made: [[NamedTensor]] = []
        for index in 0..<count {
            made.append(
                try BenchInputs(model: model, shapes: shapes, batch: batch, seed: spec.seed &+ index).make(for: graph))
        }
        return made
    }

    /// The file of a model with another batch.
    private func write(_ rewritten: Model, batch: Int, folder: String) throws -> ResolvedModel {
        var copy = file
        copy.path = "\(folder)/\(batch)-\(URL(fileURLWithPath: file.path).lastPathComponent)"
        try rewritten.write(to: copy.path)
        copy.digest = try SHA256.digest(ofFile: copy.path)
        copy.bytes = Int64(rewritten.graph.initializers.reduce(0) { $0 + ($1.tensor.bytes?.count ?? 0) })
        copy.version = nil
        copy.origin = "\(file.name) with its batch changed to \(batch)"
        return copy
    }
}
