import Graphs
import Tensors

/// What products of quantised tensors share: zero points taken off, exact sums in 32 bits.
enum IntegerProduct {
    /// The elements less a zero point: one for all, or one for each position along an axis.
    static func centred(
        _ tensor: Tensor, zeroPoint: Tensor?, axis: Int, _ path: String
    ) throws(OperatorError) -> [Double] {
        var values = try Quantized.numbers(tensor, path)
        guard let zeroPoint else { return values }
        let offsets = try spread(try Quantized.numbers(zeroPoint, path), over: tensor.shape, axis: axis, path)
        for index in values.indices { values[index] -= offsets[index] }
        return values
    }

    /// One number for all elements, or one for each position along an axis, written out for each element; numbers that
    /// already have a place for each but the summed axis keep their order.
    static func spread(
        _ numbers: [Double], over shape: Shape, axis: Int, _ path: String
    ) throws(OperatorError) -> [Double] {
        let count = shape.elementCount
        guard let first = numbers.first else {
            throw OperatorError(.shape, subject: path, reason: "a scale or zero point is empty")
        }
        if numbers.count == 1 { return [Double](repeating: first, count: count) }
        guard axis >= 0, axis < shape.rank else {
            throw OperatorError(.shape, subject: path, reason: "\(numbers.count) numbers do not fit shape \(shape)")
        }
        let inner = shape.dimensions[(axis + 1)...].extentProduct
        let extent = shape[axis]
        guard numbers.count == extent || numbers.count * inner == count else {
            throw OperatorError(.shape, subject: path, reason: "\(numbers.count) numbers do not fit shape \(shape)")
        }
        return (0..<count).map { numbers[$0 / inner % numbers.count] }
    }

    /// The matrix product of centred elements as `i32`, batches broadcast.
    static func matrixProduct(
        _ call: Call, _ a: Tensor, _ aZero: Tensor?, _ b: Tensor, _ bZero: Tensor?
    ) throws(OperatorError) -> Tensor {
        let left = try centred(a, zeroPoint: aZero, axis: a.shape.rank - 2, call.path)
        let right = try centred(b, zeroPoint: bZero, axis: b.shape.rank - 1, call.path)
        var product = call
        product.inputs = [
            .tensor(try Tensor.make(left.map { Int32($0) }, a.shape, call.path)),
            .tensor(try Tensor.make(right.map { Int32($0) }, b.shape, call.path)),
        ]
        let results = try MatMul().evaluate(product)
        guard let result = results.first?.tensor else {
            throw OperatorError(.type, subject: call.path, reason: "the product is no tensor")
        }
        return result
    }

    /// The shape of a matrix product of two inputs.
    static func matrixType(
        _ site: CallSite, _ a: Int, _ b: Int, _ type: ElementType
    ) throws(OperatorError) -> ValueType? {
        var plain = site
        plain.operands = [a, b].map { index in
            site.operand(index).map { _ in CallSite.Operand(type: .tensor(.int32, site.shape(index))) }
        }
        guard case .tensor(_, let shape)? = try MatMul().inferTypes(plain).first ?? nil else {
            return .tensor(type, nil)
        }
        return .tensor(type, shape)
    }
}
