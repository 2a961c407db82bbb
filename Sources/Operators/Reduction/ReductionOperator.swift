import Graphs
import Tensors

/// An operator that folds the elements along some axes into one.
///
/// Axes are an attribute in older versions and the second input in newer ones.
protocol ReductionOperator: Operator {
    /// The element types the newest version allows.
    static var types: Set<ElementType> { get }
    static var versions: [Int] { get }
    /// The first version in which axes are an input.
    static var axesInputVersion: Int { get }
    static var kind: Kernel.ReductionKind? { get }
    /// Folds a tensor, `f16` and `bf16` widened.
    func reduce(_ tensor: Tensor, _ plan: AxisReduction, _ path: String) throws(OperatorError) -> Value
    /// Writes the gradient with respect to the data; `gradient` and `output` have the reduced axes kept as 1.
    func differentiate(_ builder: inout PullbackBuilder, _ context: ReductionGradient) throws(OperatorError) -> String?
}

/// What the gradient of a reduction is written from: values with the reduced axes kept, so that they stretch.
struct ReductionGradient {
    /// The gradient of the output.
    var gradient: String
    /// Gives the output.
    var output: String
    /// The axes, normalised.
    var axes: [Int]
}

extension ReductionOperator {
    static var types: Set<ElementType> { TypeSets.floats.union([.int32, .int64, .uint32, .uint64]) }
    static var axesInputVersion: Int { 18 }
    static var kind: Kernel.ReductionKind? { nil }

    var family: OperatorFamily { .reduction }
    var agreement: Agreement { .accumulation }
    var signature: Signature {
        Signature(
            inputs: [.init("data", Self.types), .init("axes", TypeSets.int64, .optional)],
            outputs: [.init("reduced", Self.types)],
            attributes: [
                .init("keepdims", default: .int(1)), .init("noop_with_empty_axes", default: .int(0)),
                .init("axes"),
            ], versions: Self.versions)
    }

    func differentiate(
        _ builder: inout PullbackBuilder, _ context: ReductionGradient
    ) throws(OperatorError) -> String? { nil }

    /// The axes to reduce; `nil` where none are given and the call asks for nothing to be done.
    private func resolve(_ axes: [Int]?, rank: Int, isNoOp: Bool, _ path: String) throws(OperatorError) -> [Int]? {
        guard let axes, !axes.isEmpty else { return isNoOp ? nil : Array(0..<rank) }
        return try Axes.normalize(axes, rank: rank, path)
    }

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let type = site.elementType(0) else { return [nil] }
        guard let shape = site.shape(0) else { return [.tensor(type, nil)] }
        let attributes = attributes(site)
        let keeps = try attributes.flag("keepdims")
        let rank = shape.dimensions.count
        let given: [Int]?
        switch try site.integers("axes", orInput: 1) {
        case .absent: given = nil
        case .known(let axes): given = axes
        case .unknown(let count):
            if keeps { return [.tensor(type, SymbolicShape(Array(repeating: .unknown, count: rank)))] }
            guard let count, count > 0, count <= rank else { return [.tensor(type, nil)] }
            return [.tensor(type, SymbolicShape(Array(repeating: .unknown, count: rank - count)))]
        }
        let isNoOp = try attributes.flag("noop_with_empty_axes")
        guard let axes = try resolve(given, rank: rank, isNoOp: isNoOp, site.path) else {
            return [.tensor(type, shape)]
        }
        let dimensions = shape.dimensions.enumerated().compactMap { axis, extent in
            axes.contains(axis) ? (keeps ? .fixed(1) : nil) : extent
        }
        return [.tensor(type, SymbolicShape(dimensions))]
    }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        .traffic(site, outputs: outputs, operations: Work.elementCount(site.operand(0)?.type))
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        try call.widened { (call) throws(OperatorError) in
            let tensor = try call.tensor(0)
            let attributes = attributes(call)
            let isNoOp = try attributes.flag("noop_with_empty_axes")
            let axes = try resolve(
                try call.integers("axes", orInput: 1), rank: tensor.shape.rank, isNoOp: isNoOp, call.path)
            let keeps = try attributes.flag("keepdims")
            let plan = AxisReduction(tensor.shape, axes: axes ?? [], keepsDimensions: axes == nil || keeps)
            return [try reduce(tensor, plan, call.path)]
        }
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        let attributes = attributes(site)
        let rank = try site.requireRank(0)
        guard let given = try site.integers("axes", orInput: 1).known(or: []) else {
            throw OperatorError(.notDifferentiable, subject: site.path, reason: "its axes are not constant")
        }
        var builder = PullbackBuilder(site)
        guard
            let axes = try resolve(
                given, rank: rank, isNoOp: try attributes.flag("noop_with_empty_axes"), site.path)?.sorted()
        else { return nil }
        var context = ReductionGradient(gradient: builder.gradient(), output: builder.output(0), axes: axes)
        if try !attributes.flag("keepdims") {
            context.gradient = builder.body.unsqueeze(context.gradient, axes: axes)
            context.output = builder.body.unsqueeze(context.output, axes: axes)
        }
        guard let result = try differentiate(&builder, context) else { return nil }
        builder.result(0, result)
        return builder.pullback()
    }

    func lowering(_ site: CallSite) -> Lowering? {
        let attributes = attributes(site)
        guard let kind = Self.kind, let rank = site.rank(0),
            let keeps = try? attributes.flag("keepdims"), let isNoOp = try? attributes.flag("noop_with_empty_axes"),
            let given = try? site.integers("axes", orInput: 1).known(or: []),
            let axes = try? resolve(given, rank: rank, isNoOp: isNoOp, site.path)
        else { return nil }
        return Lowering(.reduction(kind, axes: axes.sorted(), keepsDimensions: keeps), operands: [0])
    }
}
