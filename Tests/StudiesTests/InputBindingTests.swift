import Assets
import Graphs
import Studies
import Tensors
import Testing

/// Tensors find their inputs, constants their shapes, and what does not fit is named.
@Suite struct InputBindingTests {
    private let ids = ValueInfo("ids", .tensor(.int64, [.symbol("batch"), .symbol("length")]))
    private let mask = ValueInfo("mask", .tensor(.int64, [.symbol("batch"), .symbol("length")]))
    private let photo = ValueInfo("x", .tensor(.float32, [.symbol("N"), .fixed(2)]))

    private func binding(_ inputs: [ValueInfo], _ constants: [String: Double] = [:]) -> InputBinding {
        InputBinding(inputs: inputs, constants: constants, model: "model")
    }

    private func failure(_ action: () throws -> Void) -> StudyError? {
        do { try action() } catch { return error as? StudyError }
        return nil
    }

    @Test func constantsTakeTheExtentsOfTheirSymbols() throws {
        let given = NamedTensor(name: "ids", tensor: try Tensor([Int64](0..<6), shape: [2, 3]))
        let bound = try binding([mask, ids], ["mask": 1]).bind([given])
        #expect(bound.map(\.name) == ["mask", "ids"])
        #expect(bound[0].tensor == (try Tensor([Int64](repeating: 1, count: 6), shape: [2, 3])))
        #expect(bound[1].tensor == given.tensor)
    }

    @Test func anUnnamedTensorIsForTheOnlyOpenInput() throws {
        let tensor = try Tensor([Float(1), 2], shape: [1, 2])
        #expect(try binding([photo]).bind([NamedTensor(name: "", tensor: tensor)]).map(\.name) == ["x"])
        let two = binding([photo, ValueInfo("y", .tensor(.float32, [.fixed(1)]))])
        #expect(failure { _ = try two.bind([NamedTensor(name: "", tensor: tensor)]) }?.code == .input)
    }

    @Test func anOpenExtentWithoutANameIsTheBatch() throws {
        let free = ValueInfo("scale", .tensor(.float32, [.unknown]))
        let tensor = try Tensor([Float](repeating: 0, count: 6), shape: [3, 2])
        let bound = try binding([photo, free], ["scale": 0.5]).bind([NamedTensor(name: "x", tensor: tensor)])
        #expect(bound[1].tensor == Tensor([0.5, 0.5, 0.5] as [Float]))
    }

    @Test func wrongNamesShapesAndTypesAreNamed() throws {
        let right = try Tensor([Float(1), 2], shape: [1, 2])
        #expect(failure { _ = try binding([photo]).bind([NamedTensor(name: "x", tensor: right)]) } == nil)
        let wrong = [
            NamedTensor(name: "z", tensor: right),
            NamedTensor(name: "x", tensor: try Tensor([Float(1), 2, 3], shape: [1, 3])),
            NamedTensor(name: "x", tensor: Tensor([1, 2] as [Float])),
            NamedTensor(name: "x", tensor: try Tensor([Int64(1), 2], shape: [1, 2])),
        ]
        for tensor in wrong {
            let error = try #require(failure { _ = try binding([photo]).bind([tensor]) })
            #expect(error.code == .input && error.subject.contains("model") && !error.remedy.isEmpty)
        }
        let missing = try #require(failure { _ = try binding([photo]).bind([]) })
        #expect(missing.reason.contains("'x' (f32[Nx2])"))
    }
}
