import Graphs
import Tensors

/// An operator that works on each pair of elements of two tensors of one type, under broadcasting.
protocol BroadcastingOperator: Operator {}

extension BroadcastingOperator {
    var family: OperatorFamily { .elementwise }

    /// The shape both inputs stretch to.
    func stretchedShape(_ site: CallSite) throws(OperatorError) -> SymbolicShape? {
        try Broadcasting.shape([site.shape(0), site.shape(1)], site.path)
    }

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let type = try commonElementType(site) else { return [nil] }
        return [.tensor(type, try stretchedShape(site))]
    }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        .traffic(site, outputs: outputs, operations: Work.elementCount(outputs.first ?? nil))
    }
}

extension Operator {
    /// The element type that tensor inputs share, all of them unless told which; `nil` where none is known.
    ///
    /// - Throws: `OperatorError` of code `type` where two differ.
    func commonElementType(_ site: CallSite, _ indices: [Int]? = nil) throws(OperatorError) -> ElementType? {
        var common: ElementType?
        for index in indices ?? Array(site.operands.indices) {
            guard let type = site.elementType(index) else { continue }
            if let common, common != type {
                throw OperatorError(
                    .type, subject: site.path,
                    reason: "input \(index) holds \(type.name) where \(common.name) is needed",
                    remedy: "insert a Cast")
            }
            common = type
        }
        return common
    }
}
