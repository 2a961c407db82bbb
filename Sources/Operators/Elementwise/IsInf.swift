import Graphs
import Tensors

/// True where an element is infinite, of either sign or of one.
struct IsInf: ClassificationOperator {
    let name = "IsInf"
    let signature = Signature(
        inputs: [.init("X", Self.types)], outputs: [.init("Y", TypeSets.bool)],
        attributes: [.init("detect_negative", default: .int(1)), .init("detect_positive", default: .int(1))],
        versions: [10, 20])

    func classify(_ values: [Float], _ site: CallSite) throws(OperatorError) -> [Bool] {
        try classify(values, site, zero: 0)
    }

    func classify(_ values: [Double], _ site: CallSite) throws(OperatorError) -> [Bool] {
        try classify(values, site, zero: 0)
    }

    private func classify<T: Real>(_ values: [T], _ site: CallSite, zero: T) throws(OperatorError) -> [Bool] {
        let attributes = attributes(site)
        let (negative, positive) = (try attributes.flag("detect_negative"), try attributes.flag("detect_positive"))
        return values.map { $0.isInfinite && ($0 < zero ? negative : positive) }
    }

    var examples: [Example] {
        let data = Value.floats([1, .nan, .infinity, -.infinity])
        return [
            Example(
                "both signs", opset: 10, inputs: [data], expected: [.bools([false, false, true, true])],
                isDifferentiable: false),
            Example(
                "positive", opset: 20, attributes: [.init("detect_negative", .int(0))], inputs: [data],
                expected: [.bools([false, false, true, false])], isDifferentiable: false),
            Example(
                "negative", opset: 20, attributes: [.init("detect_positive", .int(0))], inputs: [data],
                expected: [.bools([false, false, false, true])], isDifferentiable: false),
        ]
    }
}
