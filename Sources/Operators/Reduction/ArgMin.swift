import Graphs
import Tensors

/// The index of the smallest element along one axis; of equal ones the first, or the last.
struct ArgMin: IndexReductionOperator {
    let name = "ArgMin"

    static func isBetter<T: Number>(_ candidate: T, than best: T) -> Bool { candidate < best }

    var examples: [Example] {
        let data = Value.floats([2, 1, 1, 3, 3, 10], [2, 3])
        return [
            Example(
                "first of equals", opset: 13, attributes: [.init("axis", .int(1))], inputs: [data],
                expected: [.ints([1, 0], [2, 1])], isDifferentiable: false),
            Example(
                "last of equals, dimension dropped", opset: 12,
                attributes: [
                    .init("axis", .int(-1)), .init("keepdims", .int(0)), .init("select_last_index", .int(1)),
                ], inputs: [data], expected: [.ints([2, 1], [2])], isDifferentiable: false),
            Example(
                "default axis", opset: 11, inputs: [data], expected: [.ints([0, 0, 0], [1, 3])],
                isDifferentiable: false),
        ]
    }
}
