import Graphs
import Tensors

/// An operator that reduces each channel of each image to one element.
protocol GlobalPool: Operator {
    /// Folds the rows, each a channel.
    func compute<T: Real>(_ values: [T], _ rows: NormalizationRows, _ attributes: Attributes) throws(OperatorError)
        -> [T]
}

extension GlobalPool {
    var family: OperatorFamily { .pooling }

    static func channelSignature(attributes: [Signature.AttributeRule] = [], versions: [Int]) -> Signature {
        Signature(
            inputs: [.init("X", TypeSets.floats)], outputs: [.init("Y", TypeSets.floats)], attributes: attributes,
            versions: versions)
    }

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard case .tensor(let type, let shape)? = site.operand(0)?.type else { return [nil] }
        let pooled = shape.map { shape in
            shape.dimensions.prefix(2) + shape.dimensions.dropFirst(2).map { _ in Dimension.fixed(1) }
        }
        return [.tensor(type, pooled.map { SymbolicShape(Array($0)) })]
    }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        .traffic(site, outputs: outputs, operations: Work.elementCount(site.operand(0)?.type))
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let attributes = attributes(call)
        return try call.widened { (call) throws(OperatorError) in
            let data = try call.tensor(0)
            guard data.shape.rank >= 2 else {
                throw OperatorError(.shape, subject: call.path, reason: "data of shape \(data.shape) has no channels")
            }
            let kernel = GlobalKernel(target: self, data: data, attributes: attributes)
            return [try data.elementType.dispatchReal(kernel, path: call.path)]
        }
    }

    /// The lowering to a reduction of all spatial axes.
    func reductionLowering(_ site: CallSite, _ kind: Kernel.ReductionKind) -> Lowering? {
        guard site.elementType(0) == .float32, let rank = site.rank(0), rank > 2 else { return nil }
        return Lowering(.reduction(kind, axes: Array(2..<rank), keepsDimensions: true), operands: [0])
    }
}

/// Channels reduced in `f32` or `f64`.
private struct GlobalKernel<Target: GlobalPool>: RealKernel {
    let target: Target
    let data: Tensor
    let attributes: Attributes

    func run<T: Real>(_ type: T.Type) throws(OperatorError) -> Value {
        let values: [T] = try data.elements(attributes.path)
        let rows = NormalizationRows(data.shape, axes: Array(2..<data.shape.rank))
        return try .make(try target.compute(values, rows, attributes), rows.reduction.keptShape, attributes.path)
    }
}
