import Graphs
import Tensors

/// An operator that finds where along one axis the extreme element stands.
protocol IndexReductionOperator: Operator {
    /// True where `candidate` is more extreme than `best`.
    static func isBetter<T: Number>(_ candidate: T, than best: T) -> Bool
}

extension IndexReductionOperator {
    var family: OperatorFamily { .reduction }
    var agreement: Agreement { .exact }
    var signature: Signature {
        Signature(
            inputs: [.init("data", TypeSets.numbers)], outputs: [.init("reduced", TypeSets.int64)],
            attributes: [
                .init("axis", default: .int(0)), .init("keepdims", default: .int(1)),
                .init("select_last_index", default: .int(0)),
            ], versions: [1, 11, 12, 13])
    }

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let shape = site.shape(0) else { return [.tensor(.int64, nil)] }
        let attributes = attributes(site)
        let axis = try Axes.normalize(try attributes.int("axis"), rank: shape.dimensions.count, site.path)
        var dimensions = shape.dimensions
        if try attributes.flag("keepdims") { dimensions[axis] = .fixed(1) } else { dimensions.remove(at: axis) }
        return [.tensor(.int64, SymbolicShape(dimensions))]
    }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        .traffic(site, outputs: outputs, operations: Work.elementCount(site.operand(0)?.type))
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let attributes = attributes(call)
        let (keeps, takesLast) = (try attributes.flag("keepdims"), try attributes.flag("select_last_index"))
        let axis = try attributes.int("axis")
        return try call.widened { (call) throws(OperatorError) in
            let tensor = try call.tensor(0)
            let plan = AxisReduction(
                tensor.shape, axes: [try Axes.normalize(axis, rank: tensor.shape.rank, call.path)],
                keepsDimensions: keeps)
            let search = ExtremeSearch<Self>(tensor: tensor, plan: plan, takesLast: takesLast, path: call.path)
            return [try tensor.elementType.dispatch(search, path: call.path)]
        }
    }
}

private struct ExtremeSearch<Function: IndexReductionOperator>: NumberKernel {
    let tensor: Tensor
    let plan: AxisReduction
    let takesLast: Bool
    let path: String

    func run<T: Number>(_ type: T.Type) throws(OperatorError) -> Value {
        let values: [T] = try tensor.elements(path)
        guard !plan.offsets.isEmpty || plan.starts.isEmpty else {
            throw OperatorError(.shape, subject: path, reason: "an axis without elements has no extreme")
        }
        let indices = plan.starts.map { start in
            var (best, place) = (values[start], 0)
            for (index, offset) in plan.offsets.enumerated().dropFirst() {
                let value = values[start + offset]
                if Function.isBetter(value, than: best) || (takesLast && value == best) {
                    (best, place) = (value, index)
                }
            }
            return Int64(place)
        }
        return try .make(indices, plan.resultShape, path)
    }
}
