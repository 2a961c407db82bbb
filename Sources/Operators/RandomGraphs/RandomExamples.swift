import Graphs
import Tensors

/// Steps that add a call of any operator of the catalogue, taken from its examples.
enum RandomExamples {
    /// The calls that stand for each operator.
    private static let all: [(target: any Operator, example: Example)] = OperatorCatalogue.standard.all.flatMap {
        target in
        target.agreement == .random ? [] : target.examples.map { (target, $0) }
    }

    static func example(_ builder: inout RandomGraphBuilder) {
        for _ in 0..<8 {
            let (target, example) = builder.random.element(of: all)
            guard isSame(target, example.opset, builder.opset) else { continue }
            var names: [String] = []
            for (index, value) in example.inputs.enumerated() {
                guard let value else {
                    names.append("")
                    continue
                }
                if let tensor = value.tensor, example.constantInputs.contains(index) || builder.chance(1, of: 4) {
                    names.append(builder.addConstant(tensor))
                } else {
                    names.append(builder.addInput(value))
                }
            }
            while names.last == "" { names.removeLast() }
            _ = builder.add(
                target.name, names, example.attributes, outputs: example.outputCount, domain: target.domain)
            return
        }
    }

    /// True where the operator means the same in both versions of its operator set.
    private static func isSame(_ target: any Operator, _ written: Int, _ opset: Int) -> Bool {
        guard target.domain.isEmpty, (target.signature.versions.first ?? 1) <= opset else { return false }
        let (low, high) = (min(written, opset), max(written, opset))
        return !target.signature.versions.contains { low < $0 && $0 <= high }
    }
}
