import Graphs
import Tensors

/// An operator that moves elements of its first input into one output of the same type.
protocol ShapingOperator: Operator {
    /// The shape of the output as far as it is known.
    func inferShape(_ site: CallSite) throws(OperatorError) -> SymbolicShape?
}

extension ShapingOperator {
    var family: OperatorFamily { .shape }
    var agreement: Agreement { .exact }

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        let shape = try inferShape(site)
        return [site.elementType(0).map { .tensor($0, shape) }]
    }

    /// The signature of an operator with one data input and one output of any type.
    static func movement(
        _ inputs: [Signature.Parameter] = [], input: String = "data", output: String = "output",
        types: Set<ElementType> = TypeSets.all, attributes: [Signature.AttributeRule] = [], versions: [Int]
    ) -> Signature {
        Signature(
            inputs: [.init(input, types)] + inputs, outputs: [.init(output, types)], attributes: attributes,
            versions: versions)
    }
}

/// Arithmetic on extents of which some are symbols.
enum Extents {
    /// The product; symbols survive only alone.
    static func product(_ extents: some Sequence<Dimension>) -> Dimension {
        extents.reduce(.fixed(1), ElementArithmetic.multiply)
    }

    /// The extent that times `others` gives the product of `all`: equal symbols cancel.
    static func quotient(_ all: [Dimension], by others: [Dimension]) -> Dimension {
        var rest = all
        var divisor = 1
        for other in others {
            if let value = other.value {
                divisor = divisor.multipliedReportingOverflow(by: value).partialValue
            } else if other != .unknown, let index = rest.firstIndex(of: other) {
                rest.remove(at: index)
            } else {
                return .unknown
            }
        }
        let symbols = rest.filter { $0.value == nil }
        let product = rest.compactMap(\.value).reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
        guard divisor != 0, divisor != -1, product % divisor == 0 else { return .unknown }
        if symbols.isEmpty { return .fixed(product / divisor) }
        return symbols.count == 1 && product == divisor ? symbols[0] : .unknown
    }
}

extension SymbolicShape {
    /// A shape of known rank about whose extents nothing is known.
    static func unknown(rank: Int) -> SymbolicShape {
        SymbolicShape([Dimension](repeating: .unknown, count: rank))
    }
}
