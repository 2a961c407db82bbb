import Graphs
import Tensors

/// The determinant of each matrix of the last two axes.
struct Det: Operator {
    let name = "Det"
    let family = OperatorFamily.linear
    let agreement = Agreement.accumulation
    let signature = Signature(
        inputs: [.init("X", TypeSets.floats)], outputs: [.init("Y", TypeSets.floats)], versions: [11, 22])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let type = site.elementType(0) else { return [nil] }
        guard let dimensions = site.shape(0)?.dimensions else { return [.tensor(type, nil)] }
        guard dimensions.count >= 2,
            Broadcasting.join(dimensions[dimensions.count - 2], dimensions[dimensions.count - 1]) != nil
        else { throw notSquare(SymbolicShape(dimensions).text, site.path) }
        return [.tensor(type, SymbolicShape(Array(dimensions.dropLast(2))))]
    }

    private func notSquare(_ shape: String, _ path: String) -> OperatorError {
        OperatorError(.shape, subject: path, reason: "a tensor of shape \(shape) holds no square matrices")
    }

    /// 2/3 n³ a matrix, as elimination takes.
    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        let order = Double(site.shape(0)?.dimensions.last?.value ?? 0)
        return .traffic(
            site, outputs: outputs, operations: 2 / 3 * order * Work.elementCount(site.operand(0)?.type))
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let data = try call.tensor(0)
        let rank = data.shape.rank
        guard rank >= 2, data.shape[rank - 1] == data.shape[rank - 2] else {
            throw notSquare(data.shape.description, call.path)
        }
        let order = data.shape[rank - 1]
        let shape = Shape(Array(data.shape.dimensions.dropLast(2)))
        let values: [Double] = try Conversion.convert(data, to: .float64, call.path).elements(call.path)
        let determinants = (0..<(try shape.allocatableCount(call.path))).map { matrix in
            Self.determinant(Array(values[(matrix * order * order)..<(matrix + 1) * order * order]), order)
        }
        let result = try Tensor.make(determinants, shape, call.path)
        return [.tensor(try Conversion.convert(result, to: data.elementType, call.path))]
    }

    /// Gaussian elimination with the largest element of each column as its pivot.
    private static func determinant(_ matrix: [Double], _ order: Int) -> Double {
        var matrix = matrix
        var result = 1.0
        for column in 0..<order {
            let pivot =
                (column..<order).max { abs(matrix[$0 * order + column]) < abs(matrix[$1 * order + column]) } ?? column
            if pivot != column {
                for index in 0..<order { matrix.swapAt(pivot * order + index, column * order + index) }
                result = -result
            }
            let head = matrix[column * order + column]
            result *= head
            if head == 0 { return 0 }
            for row in (column + 1)..<max(order, column + 1) {
                let factor = matrix[row * order + column] / head
                for index in column..<order { matrix[row * order + index] -= factor * matrix[column * order + index] }
            }
        }
        return result
    }

    /// - Throws: always: the gradient needs the inverse, for which the standard has no operator.
    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? { throw noGradient(site) }

    var examples: [Example] {
        [
            Example(
                "one matrix", opset: 11, inputs: [.floats([0, 1, 2, 3], [2, 2])], expected: [.floats([-2], [])],
                isDifferentiable: false),
            Example(
                "several matrices", opset: 22,
                inputs: [.floats([2, 0, 0, 0, 3, 0, 0, 0, 4, 1, 2, 3, 4, 5, 6, 7, 8, 9], [2, 1, 3, 3])],
                expected: [.floats([24, 0], [2, 1])], isDifferentiable: false),
        ]
    }
}
