import Foundation
import Graphs
import TestKit
import Tensors

/// Small models whose nodes engines are known to fuse, with an input each.
enum FusibleModels: String, CaseIterable, Sendable {
    /// Conv, BatchNormalization, Relu, then a pooling that stays a step of its own.
    case convolution
    /// MatMul, Add, and GELU written out in five nodes.
    case gelu
    /// Two convolutions, one added to what the other read.
    case residual
    /// Transposes that cancel each other around a Relu, and one that stays.
    case transposes
    /// A product of constants, a shape, and a node that nobody reads.
    case folding

    var model: Model {
        switch self {
        case .convolution: convolution
        case .gelu: gelu
        case .residual: residual
        case .transposes: transposes
        case .folding: folding
        }
    }

    /// The input `x`.
    var input: Tensor {
        get throws {
            switch self {
            case .convolution, .residual: try weights([1, 16, 24, 24])
            case .gelu: try weights([32, 64])
            case .transposes: try weights([2, 3, 64, 32])
            case .folding: try weights([4, 96])
            }
        }
    }

    private func weights(_ shape: Shape) throws -> Tensor {
        // Values between −1 and 1 that differ from each other.
        let count = shape.elementCount
        return try Tensor((0..<count).map { Float(($0 * 7919) % 1009) / 504.5 - 1 }, shape: shape)
    }

    private func constant(_ name: String, _ shape: Shape, positive: Bool = false) -> Initializer {
        let count = shape.elementCount
        let values = (0..<count).map { index -> Float in
            let value = Float((index * 7919) % 1009) / 504.5 - 1
            return positive ? abs(value) + 0.5 : value * 0.1
        }
        return Initializer(name: name, tensor: (try? Tensor(values, shape: shape)) ?? Tensor(values))
    }

    private func model(_ nodes: [Node], _ shape: [Int], _ initializers: [Initializer]) -> Model {
        Model(
            graph: Graph(
                name: rawValue, nodes: nodes,
                inputs: [ValueInfo("x", .tensor(.float32, SymbolicShape(Shape(shape))))],
                outputs: [ValueInfo("y", .tensor(.float32, nil))], initializers: initializers))
    }

    private var pads: [Attribute] {
        [Attribute("kernel_shape", .ints([3, 3])), Attribute("pads", .ints([1, 1, 1, 1]))]
    }

    private var convolution: Model {
        model(
            [
                Node("Conv", inputs: ["x", "w"], outputs: ["c"], attributes: pads, name: "conv"),
                Node("BatchNormalization", inputs: ["c", "s", "b", "m", "v"], outputs: ["n"], name: "norm"),
                Node("Relu", inputs: ["n"], outputs: ["r"], name: "relu"),
                Node(
                    "MaxPool", inputs: ["r"], outputs: ["y"],
                    attributes: [Attribute("kernel_shape", .ints([2, 2])), Attribute("strides", .ints([2, 2]))],
                    name: "pool"),
            ], [1, 16, 24, 24],
            [
                constant("w", [32, 16, 3, 3]), constant("s", [32]), constant("b", [32]), constant("m", [32]),
                constant("v", [32], positive: true),
            ])
    }

    private var gelu: Model {
        model(
            [
                Node("MatMul", inputs: ["x", "w"], outputs: ["p"], name: "product"),
                Node("Add", inputs: ["p", "b"], outputs: ["a"], name: "bias"),
                Node("Div", inputs: ["a", "root"], outputs: ["d"], name: "divide"),
                Node("Erf", inputs: ["d"], outputs: ["e"], name: "erf"),
                Node("Add", inputs: ["e", "one"], outputs: ["f"], name: "plus"),
                Node("Mul", inputs: ["a", "f"], outputs: ["g"], name: "times"),
                Node("Mul", inputs: ["g", "half"], outputs: ["h"], name: "halve"),
                Node("Softmax", inputs: ["h"], outputs: ["y"], name: "softmax"),
            ], [32, 64],
            [
                constant("w", [64, 48]), constant("b", [48]),
                Initializer(name: "root", tensor: Tensor(scalar: Float(2).squareRoot())),
                Initializer(name: "one", tensor: Tensor(scalar: Float(1))),
                Initializer(name: "half", tensor: Tensor(scalar: Float(0.5))),
            ])
    }

    private var residual: Model {
        model(
            [
                Node("Conv", inputs: ["x", "w"], outputs: ["c"], attributes: pads, name: "first"),
                Node("Relu", inputs: ["c"], outputs: ["r"], name: "relu"),
                Node("Conv", inputs: ["r", "v"], outputs: ["d"], attributes: pads, name: "second"),
                Node("Add", inputs: ["d", "r"], outputs: ["s"], name: "add"),
                Node("Relu", inputs: ["s"], outputs: ["t"], name: "last"),
                Node("GlobalAveragePool", inputs: ["t"], outputs: ["y"], name: "pool"),
            ], [1, 16, 24, 24], [constant("w", [16, 16, 3, 3]), constant("v", [16, 16, 3, 3])])
    }

    private var transposes: Model {
        let there = [Attribute("perm", .ints([0, 2, 1, 3]))]
        return model(
            [
                Node("Transpose", inputs: ["x"], outputs: ["a"], attributes: there, name: "there"),
                Node("Relu", inputs: ["a"], outputs: ["b"], name: "relu"),
                Node("Transpose", inputs: ["b"], outputs: ["c"], attributes: there, name: "back"),
                Node("Softmax", inputs: ["c"], outputs: ["d"], name: "softmax"),
                Node(
                    "Transpose", inputs: ["d"], outputs: ["y"], attributes: [Attribute("perm", .ints([3, 1, 2, 0]))],
                    name: "stays"),
            ], [2, 3, 64, 32], [])
    }

    private var folding: Model {
        model(
            [
                Node("Mul", inputs: ["w", "w"], outputs: ["ww"], name: "square"),
                Node("Shape", inputs: ["x"], outputs: ["s"], name: "shape"),
                Node("Relu", inputs: ["x"], outputs: ["lost"], name: "lost"),
                Node("Softmax", inputs: ["x"], outputs: ["p"], name: "softmax"),
                Node("Add", inputs: ["p", "ww"], outputs: ["q"], name: "add"),
                Node("Reshape", inputs: ["q", "s"], outputs: ["t"], name: "reshape"),
                Node("Softmax", inputs: ["t"], outputs: ["y"], name: "again"),
            ], [4, 96], [constant("w", [96])])
    }
}
