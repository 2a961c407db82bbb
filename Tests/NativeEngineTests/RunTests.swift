import Engines
import Foundation
import Graphs
import Synchronization
import TestKit
import Tensors
import Testing

/// What a run computes, against closed forms.
@Suite struct RunTests {
    @Test(arguments: Installed.engines) func affineMatchesItsClosedForm(variant: Installed.Variant) throws {
        let probe = EngineProbe(try variant.engine())
        let outputs = try probe.run("affine", [try Tensor([1, 0, -1, 2, 1, 0] as [Float], shape: [2, 3])])
        #expect(outputs == [try Tensor([-3.5, -4.5, 5.5, 7.5] as [Float], shape: [2, 2])])
    }

    @Test func outputsKeepTheOrderOfTheModel() throws {
        let probe = EngineProbe(try Installed.referenceEngine())
        let outputs = try probe.run("order", [Tensor([6, 9] as [Float]), Tensor([2, 3] as [Float])])
        #expect(outputs == [Tensor([4, 6] as [Float]), Tensor([3, 3] as [Float])])
    }

    @Test(arguments: Installed.engines) func dynamicShapesFollowTheInputs(variant: Installed.Variant) throws {
        let session = try EngineProbe(try variant.engine()).prepare("relu").makeSession()
        let slots = OutputSlots(count: 1)
        for rows in [2, 2, 5, 1, 0, 2, 7, 8, 9, 10, 11, 12, 13, 2, 2] {
            let values = (0..<rows * 3).map { Float($0) - 2 }
            try session.run([try Tensor(values, shape: [rows, 3])], into: slots)
            let expected = try Tensor(values.map { 2 * max($0, 0) + 1 }, shape: [rows, 3])
            #expect(try slots.snapshot() == [expected], "with \(rows) rows")
        }
    }

    @Test func outputsWhoseShapeDependsOnDataAreFollowed() throws {
        let session = try EngineProbe(try Installed.referenceEngine()).prepare("nonzero").makeSession()
        let slots = OutputSlots(count: 1)
        for values in [[1, 0, 2], [0, 0, 5], [1, 1, 1], [0, 0, 0]] as [[Float]] {
            try session.run([Tensor(values)], into: slots)
            let indices = values.indices.filter { values[$0] != 0 }.map(Int64.init)
            #expect(try slots.snapshot() == [try Tensor(indices, shape: [1, indices.count])], "for \(values)")
        }
    }

    @Test(arguments: Installed.engines) func theSecondRunWritesIntoTheSlotsOfTheFirst(
        variant: Installed.Variant
    ) throws {
        let session = try EngineProbe(try variant.engine()).prepare("affine").makeSession()
        let slots = OutputSlots(count: 1)
        let input = try Tensor([Float](repeating: 1, count: 6), shape: [2, 3])
        try session.run([input], into: slots)
        let first = try #require(slots.existing(at: 0))
        try session.run([try Tensor([Float](repeating: 0, count: 6), shape: [2, 3])], into: slots)
        #expect(slots.existing(at: 0) === first)
        #expect(try first.snapshot() == (try Tensor([0.5, -0.5, 0.5, -0.5] as [Float], shape: [2, 2])))
    }

    @Test(arguments: Installed.engines) func smallFormsRun(variant: Installed.Variant) throws {
        let probe = EngineProbe(try variant.engine())
        #expect(try probe.run("square", [Tensor(scalar: Float(3))]) == [Tensor(scalar: Float(9))])
        #expect(try probe.run("noinput", []) == [Tensor([1, 2, 3] as [Float])])
        #expect(try probe.prepare("default").inputs.map(\.name) == ["x"])
        #expect(try probe.run("default", [Tensor([1, 2] as [Float])]) == [Tensor([11, 22] as [Float])])
        #expect(try probe.run("external", [Tensor([1, 1, 1, 1] as [Float])]) == [Tensor([1, 2, 3, 4] as [Float])])
    }

    @Test(arguments: Installed.engines) func unalignedBytesGiveTheSameResult(variant: Installed.Variant) throws {
        let values: [Float] = [1, 0, -1, 2, 1, 0]
        let shifted = Bytes(copying: [0] + values.withUnsafeBytes { Array($0) })
        let slice = try #require(shifted.slice(1..<25))
        let tensor = try Tensor(elementType: .float32, shape: [2, 3], bytes: slice)
        let outputs = try EngineProbe(try variant.engine()).run("affine", [tensor])
        #expect(outputs == [try Tensor([-3.5, -4.5, 5.5, 7.5] as [Float], shape: [2, 2])])
    }

    @Test(arguments: Installed.engines) func twoSessionsOfOneModelRunOnTwoThreads(
        variant: Installed.Variant
    ) throws {
        let prepared = try EngineProbe(try variant.engine()).prepare("relu")
        let failures = Mutex<[any Error]>([])
        DispatchQueue.concurrentPerform(iterations: 2) { index in
            do {
                try Self.count(from: index == 0 ? 1 : 100, in: prepared)
            } catch {
                failures.withLock { $0.append(error) }
            }
        }
        #expect(failures.withLock { $0.count } == 0)
    }

    private static func count(from offset: Float, in prepared: any PreparedModel) throws {
        let session = try prepared.makeSession()
        let slots = OutputSlots(count: 1)
        for step in 0..<200 {
            let value = offset + Float(step)
            try session.run([try Tensor([value, value, value], shape: [1, 3])], into: slots)
            let expected = [Float](repeating: 2 * value + 1, count: 3)
            try #require(try slots.snapshot()[0].values(of: Float.self) == expected)
        }
    }

    @Test(arguments: Installed.engines, [true, false]) func denormalsAreFlushedAsAsked(
        variant: Installed.Variant, flush: Bool
    ) throws {
        let tiny = Float.leastNormalMagnitude / 16
        let probe = EngineProbe(try variant.engine())
        let outputs = try probe.run(
            "halve", [Tensor([Float](repeating: tiny, count: 64))], EngineOptions(flushDenormals: flush))
        let values = try outputs[0].values(of: Float.self)
        #expect(values.allSatisfy { $0 == (flush ? 0 : tiny / 2) }, "\(values[0].bitPattern)")
        #expect(tiny / 2 > 0, "the caller's own arithmetic is left as it was")
    }

    @Test(arguments: Installed.engines) func constantPartsAreEvaluatedOnce(variant: Installed.Variant) throws {
        // y = x + 2 · 3, where the product is known when the model is prepared; m is known altogether.
        var graph = Graph(
            name: "folded", inputs: [ValueInfo("x", .tensor(.float32, [.symbol("N")]))],
            outputs: [ValueInfo("y"), ValueInfo("m")])
        graph.initializers = [
            Initializer(name: "a", tensor: Tensor([2] as [Float])),
            Initializer(name: "b", tensor: Tensor([3] as [Float])),
        ]
        graph.nodes = [
            Node("Mul", inputs: ["a", "b"], outputs: ["m"]), Node("Add", inputs: ["x", "m"], outputs: ["y"]),
        ]
        let source = ModelSource(
            name: "folded", bytes: try Model(opsets: ["": 17], graph: graph).serialized(), directory: nil,
            isOriginal: false)
        for optimization in EngineOptions.Optimization.allCases {
            let prepared = try variant.engine().prepare(source, options: EngineOptions(optimization: optimization))
            let slots = OutputSlots(count: 2)
            try prepared.makeSession().run([Tensor([1, 2, 3] as [Float])], into: slots)
            #expect(try slots.snapshot() == [Tensor([7, 8, 9] as [Float]), Tensor([6] as [Float])])
        }
    }
}
