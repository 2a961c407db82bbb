import Graphs
import Tensors

/// An operator that joins all elements so far along an axis: forwards or backwards, with or without the element itself.
protocol RunningOperator: IndexingOperator {
    /// How elements are joined.
    static var operation: RunningFold.Operation { get }
}

extension RunningOperator {
    var agreement: Agreement { .accumulation }

    /// The rules of the attributes.
    static var rules: [Signature.AttributeRule] {
        [.init("exclusive", default: .int(0)), .init("reverse", default: .int(0))]
    }

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] { [site.operand(0)?.type] }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        .traffic(site, outputs: outputs, operations: Work.elementCount(site.operand(0)?.type))
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let attributes = attributes(call)
        return try call.widened { (call) throws(OperatorError) in
            let data = try call.tensor(0)
            let kernel = try RunningFold(Self.operation, data, axis: try call.tensor(1), attributes)
            return [try data.elementType.dispatch(kernel, path: call.path)]
        }
    }

    /// The attributes of the same walk the other way round, which gradients take.
    func turned(_ site: CallSite) throws(OperatorError) -> [Attribute] {
        let attributes = attributes(site)
        return [
            Attribute("exclusive", .int(try attributes.int("exclusive"))),
            Attribute("reverse", .int(try attributes.flag("reverse") ? 0 : 1)),
        ]
    }
}
