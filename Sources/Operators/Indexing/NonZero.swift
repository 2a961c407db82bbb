import Graphs
import Tensors

/// The positions of elements that are not zero, one column each, in row-major order.
struct NonZero: IndexingOperator {
    let name = "NonZero"
    let signature = Signature(
        inputs: [.init("X", dataTypes)], outputs: [.init("Y", TypeSets.int64)], versions: [9, 13])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        // A scalar counts as a vector of one element.
        [.tensor(.int64, [site.rank(0).map { .fixed(max($0, 1)) } ?? .unknown, .unknown])]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let data = try call.tensor(0)
        let truth = try truth(data, call.path)
        let shape = data.shape.rank == 0 ? [1] : data.shape
        let positions = zip(Odometer(shape), truth).filter(\.1).map(\.0)
        let columns = shape.indices.flatMap { axis in positions.map { Int64($0[axis]) } }
        return [try .make(columns, [shape.rank, positions.count], call.path)]
    }

    private func truth(_ data: Tensor, _ path: String) throws(OperatorError) -> [Bool] {
        if let strings = data.strings { return strings.map { !$0.isEmpty } }
        return try Conversion.convert(data, to: .bool, path).elements(path)
    }

    var examples: [Example] {
        [
            Example(
                "matrix", opset: 13, inputs: [.floats([1, 0, 0, 2], [2, 2])],
                expected: [.ints([0, 1, 0, 1], [2, 2])], isDifferentiable: false),
            Example(
                "truth values, none", opset: 9, inputs: [.bools([false, false])], expected: [.ints([], [1, 0])],
                isDifferentiable: false),
        ]
    }
}
