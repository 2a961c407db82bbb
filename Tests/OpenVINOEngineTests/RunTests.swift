import Engines
import Foundation
import Graphs
import TestKit
import Tensors
import Testing

/// What a run computes, against closed forms.
@Suite(.enabled(if: Installed.folder != nil, Installed.reason))
struct RunTests {
    let probe: EngineProbe

    init() throws { probe = try Installed.probe() }

    @Test func affineMatchesItsClosedForm() throws {
        let outputs = try probe.run("affine", [try Tensor([1, 0, -1, 2, 1, 0] as [Float], shape: [2, 3])])
        #expect(outputs == [try Tensor([-3.5, -4.5, 5.5, 7.5] as [Float], shape: [2, 2])])
    }

    @Test func outputsKeepTheOrderOfTheModel() throws {
        let outputs = try probe.run("order", [Tensor([6, 9] as [Float]), Tensor([2, 3] as [Float])])
        #expect(outputs == [Tensor([4, 6] as [Float]), Tensor([3, 3] as [Float])])
    }

    @Test func dynamicShapesFollowTheInputs() throws {
        let prepared = try probe.prepare("relu")
        let session = try prepared.makeSession()
        let slots = OutputSlots(count: 1)
        for rows in [2, 2, 5, 1, 0, 2, 2, 2] {
            let values = (0..<rows * 3).map { Float($0) - 2 }
            try session.run([try Tensor(values, shape: [rows, 3])], into: slots)
            let expected = try Tensor(values.map { 2 * max($0, 0) + 1 }, shape: [rows, 3])
            #expect(try slots.snapshot() == [expected], "with \(rows) rows")
        }
    }

    @Test func outputsWhoseShapeDependsOnDataAreFollowed() throws {
        let session = try probe.prepare("nonzero").makeSession()
        let slots = OutputSlots(count: 1)
        for values in [[1, 0, 2], [1, 0, 3], [0, 0, 5], [1, 1, 1], [0, 0, 0], [1, 1, 0]] as [[Float]] {
            try session.run([Tensor(values)], into: slots)
            let indices = values.indices.filter { values[$0] != 0 }.map(Int64.init)
            #expect(try slots.snapshot() == [try Tensor(indices, shape: [1, indices.count])], "for \(values)")
        }
    }

    @Test func theSecondRunWritesIntoTheSlotsOfTheFirst() throws {
        let session = try probe.prepare("affine").makeSession()
        let slots = OutputSlots(count: 1)
        let input = try Tensor([Float](repeating: 1, count: 6), shape: [2, 3])
        try session.run([input], into: slots)
        let first = try #require(slots.existing(at: 0))
        try session.run([try Tensor([Float](repeating: 0, count: 6), shape: [2, 3])], into: slots)
        #expect(slots.existing(at: 0) === first)
        #expect(try first.snapshot() == (try Tensor([0.5, -0.5, 0.5, -0.5] as [Float], shape: [2, 2])))
        let others = OutputSlots(count: 1)
        try session.run([input], into: others)
        #expect(try others.snapshot() == [try Tensor([9.5, 11.5, 9.5, 11.5] as [Float], shape: [2, 2])])
        #expect(try first.snapshot() == (try Tensor([0.5, -0.5, 0.5, -0.5] as [Float], shape: [2, 2])))
    }

    @Test func scalarsRun() throws {
        #expect(try probe.run("square", [Tensor(scalar: Float(3))]) == [Tensor(scalar: Float(9))])
    }

    @Test func modelsWithoutInputsRun() throws {
        #expect(try probe.run("noinput", []) == [Tensor([1, 2, 3] as [Float])])
    }

    @Test func inputsWithADefaultNeedNotBeFed() throws {
        let prepared = try probe.prepare("default")
        #expect(prepared.inputs.map(\.name) == ["x"])
        #expect(try probe.run("default", [Tensor([1, 2] as [Float])]) == [Tensor([11, 22] as [Float])])
    }

    @Test func unalignedBytesGiveTheSameResult() throws {
        let values: [Float] = [1, 0, -1, 2, 1, 0]
        let shifted = Bytes(copying: [0] + values.withUnsafeBytes { Array($0) })
        let slice = try #require(shifted.slice(1..<25))
        let tensor = try Tensor(elementType: .float32, shape: [2, 3], bytes: slice)
        #expect(try probe.run("affine", [tensor]) == [try Tensor([-3.5, -4.5, 5.5, 7.5] as [Float], shape: [2, 2])])
    }

    @Test func externalDataIsReadFromTheModelsFolder() throws {
        let outputs = try probe.run("external", [Tensor([1, 1, 1, 1] as [Float])])
        #expect(outputs == [Tensor([1, 2, 3, 4] as [Float])])
    }

    @Test func twoSessionsOfOneModelRunOnTwoThreads() async throws {
        let prepared = try probe.prepare("relu")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for offset in [Float(1), 100] {
                group.addTask {
                    let session = try prepared.makeSession()
                    let slots = OutputSlots(count: 1)
                    for step in 0..<200 {
                        let value = offset + Float(step)
                        try session.run([try Tensor([value, value, value], shape: [1, 3])], into: slots)
                        let expected = [Float](repeating: 2 * value + 1, count: 3)
                        try #require(try slots.snapshot()[0].values(of: Float.self) == expected)
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}
