import Graphs
import Tensors

/// The bits set in exactly one.
struct BitwiseXor: BitwiseOperator {
    let name = "BitwiseXor"

    static func apply<T: FixedWidthInteger>(_ left: T, _ right: T) -> T { left ^ right }

    var examples: [Example] {
        [
            Example(
                "64 bits", opset: 18, inputs: [.ints([12, -1, 5]), .ints([10, 7, 0])],
                expected: [.ints([6, -8, 5])], isDifferentiable: false),
            Example(
                "bytes, stretched", opset: 18, inputs: [.tensor([UInt8(12), 5]), .tensor([UInt8(10)], [])],
                expected: [.tensor([UInt8(6), 15])], isDifferentiable: false),
        ]
    }
}
