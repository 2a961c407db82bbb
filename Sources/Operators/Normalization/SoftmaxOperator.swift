import Graphs
import Tensors

/// An operator that works on rows along an axis; before version 13 a row is everything from the axis on.
protocol SoftmaxOperator: NormalizingOperator {
    /// Rewrites the elements in place, row by row.
    static func compute<T: Real>(_ values: [T], _ rows: NormalizationRows) -> [T]
}

extension SoftmaxOperator {
    static var rowSignature: Signature {
        Signature(
            inputs: [.init("input", TypeSets.floats)], outputs: [.init("output", TypeSets.floats)],
            attributes: [.init("axis")], versions: [1, 11, 13])
    }

    /// The axes that make a row.
    func rowAxes(_ site: CallSite, rank: Int) throws(OperatorError) -> [Int] {
        let isNew = site.opset >= 13
        guard let given = try attributes(site).optionalInt("axis") else {
            return isNew ? (rank == 0 ? [] : [rank - 1]) : Array(min(1, rank)..<rank)
        }
        if given == rank, !isNew { return [] }
        let axis = try Axes.normalize(given, rank: rank, site.path)
        return isNew ? [axis] : Array(axis..<rank)
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        try call.widened { (call) throws(OperatorError) in
            let data = try call.tensor(0)
            let axes = try rowAxes(call.site, rank: data.shape.rank)
            let kernel = RowKernel<Self>(data: data, axes: axes, path: call.path)
            return [try data.elementType.dispatchReal(kernel, path: call.path)]
        }
    }

    /// The lowering to the softmax kernel, which takes one axis.
    func softmaxLowering(_ site: CallSite, logarithm: Bool) -> Lowering? {
        guard site.elementType(0) == .float32, let extents = site.shape(0)?.dimensions,
            let axes = try? rowAxes(site, rank: extents.count), let first = axes.first,
            // Further axes of a row must be of extent 1.
            axes.dropFirst().allSatisfy({ extents[$0] == .fixed(1) })
        else { return nil }
        return Lowering(.softmax(axis: first, logarithm: logarithm), operands: [0])
    }
}

/// Rows rewritten in `f32` or `f64`.
private struct RowKernel<Function: SoftmaxOperator>: RealKernel {
    let data: Tensor
    let axes: [Int]
    let path: String

    func run<T: Real>(_ type: T.Type) throws(OperatorError) -> Value {
        let values: [T] = try data.elements(path)
        guard !values.isEmpty else { return .tensor(data) }
        return try .make(Function.compute(values, NormalizationRows(data.shape, axes: axes)), data.shape, path)
    }
}
