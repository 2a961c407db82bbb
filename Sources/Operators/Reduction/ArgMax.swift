import Graphs
import Tensors

/// The index of the largest element along one axis; of equal ones the first, or the last.
struct ArgMax: IndexReductionOperator {
    let name = "ArgMax"

    static func isBetter<T: Number>(_ candidate: T, than best: T) -> Bool { candidate > best }

    var examples: [Example] {
        let data = Value.floats([2, 2, 1, 3, 10, 10], [2, 3])
        return [
            Example(
                "first of equals", opset: 13, attributes: [.init("axis", .int(1))], inputs: [data],
                expected: [.ints([0, 1], [2, 1])], isDifferentiable: false),
            Example(
                "last of equals, dimension dropped", opset: 12,
                attributes: [
                    .init("axis", .int(-1)), .init("keepdims", .int(0)), .init("select_last_index", .int(1)),
                ], inputs: [data], expected: [.ints([1, 2], [2])], isDifferentiable: false),
            Example(
                "default axis", opset: 11, inputs: [data], expected: [.ints([1, 1, 1], [1, 3])],
                isDifferentiable: false),
        ]
    }
}
