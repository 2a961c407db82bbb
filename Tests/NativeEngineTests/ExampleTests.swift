import Engines
import Graphs
import Operators
import TestKit
import Tensors
import Testing

/// Every example of every operator through the engine, against the reference interpreter.
@Suite struct ExampleTests {
    private static func run(
        _ sample: ExampleModel, _ engine: any Engine, _ options: EngineOptions
    ) throws -> [Tensor] {
        let source = ModelSource(
            name: sample.name, bytes: try sample.model.serialized(), directory: nil, isOriginal: false)
        let prepared = try engine.prepare(source, options: options)
        let inputs = try prepared.inputs.map { try #require(sample.inputs[$0.name]?.tensor) }
        let slots = OutputSlots(count: prepared.outputs.count)
        let session = try prepared.makeSession()
        // The second run uses what the first one made.
        try session.run(inputs, into: slots)
        try session.run(inputs, into: slots)
        return try slots.snapshot()
    }

    /// The seam of engines carries tensors only.
    private static func isOfTensors(_ sample: ExampleModel) -> Bool {
        (sample.model.graph.inputs + sample.model.graph.outputs).allSatisfy {
            if case .tensor? = $0.type { true } else { false }
        }
    }

    @Test(arguments: Installed.engines, EngineOptions.Optimization.allCases) func examplesAgreeWithTheReference(
        variant: Installed.Variant, optimization: EngineOptions.Optimization
    ) throws {
        let engine = try variant.engine()
        let options = EngineOptions(flushDenormals: false, optimization: optimization)
        let samples = try OperatorCatalogue.standard.exampleModels()
        let fed = samples.filter(Self.isOfTensors)
        #expect(fed.count > 400 && samples.count - fed.count < 60, "\(fed.count) of \(samples.count) can be fed")
        for sample in fed where sample.target.agreement != .random {
            let expected = try ReferenceInterpreter().run(
                sample.model, inputs: sample.inputs.compactMapValues(\.tensor))
            let outputs = try Self.run(sample, engine, options)
            for (info, output) in zip(sample.model.graph.outputs, outputs) {
                let reference = try #require(expected[info.name]?.tensor)
                expectAgreement(
                    output, reference,
                    .agreement(sample.target.agreement.relativeTolerance, nanEqualsNaN: true), "\(sample.name)")
            }
        }
    }
}
