import Graphs
import Tensors

/// An operator that says of each float whether it is of some kind.
protocol ClassificationOperator: Operator {
    /// Says so of each element; narrow floats are widened, which keeps NaN and infinities.
    func classify(_ values: [Float], _ site: CallSite) throws(OperatorError) -> [Bool]
    func classify(_ values: [Double], _ site: CallSite) throws(OperatorError) -> [Bool]
}

extension ClassificationOperator {
    static var types: Set<ElementType> { TypeSets.floats.union(TypeSets.float8) }

    var family: OperatorFamily { .elementwise }
    var agreement: Agreement { .exact }

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] { [.tensor(.bool, site.shape(0))] }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let tensor = try call.tensor(0)
        let flags: [Bool]
        if tensor.elementType == .float64 {
            flags = try classify(try tensor.elements(call.path) as [Double], call.site)
        } else {
            let wide = try Conversion.convert(tensor, to: .float32, call.path)
            flags = try classify(try wide.elements(call.path) as [Float], call.site)
        }
        return [try .make(flags, tensor.shape, call.path)]
    }
}
