import Graphs
import Tensors

/// The Gaussian error linear unit, written out.
struct GeluRecognition: RegionPass {
    let name = "gelu"
    let summary = "recognise GELU written with Erf or Tanh (Gelu, operator set 20)"
    let neededOpset: Int? = 20

    func rewrite(_ region: inout Region) {
        for index in region.indices {
            guard let node = region.call(index, "Mul", "Div"), let result = node.onlyOutput else { continue }
            let terms = ProductTerms(node, region)
            guard terms.factor.isNear(0.5), terms.values.count == 2 else { continue }
            for place in 0...1 {
                let (x, gate) = (terms.values[place], terms.values[1 - place])
                guard region.elementType(x) == .float32 || region.elementType(x) == .float64,
                    let form = Self.form(gate, x, region), region.allows(20)
                else { continue }
                let gelu = Node(
                    "Gelu", inputs: [x], outputs: [result], attributes: [Attribute("approximate", .string(form))],
                    name: node.name)
                region.replace(index, by: gelu)
                region.noteRewrite()
                break
            }
        }
    }

    /// `none` for 1 + erf(x / √2), `tanh` for the approximation.
    private static func form(_ gate: String, _ x: String, _ region: Region) -> String? {
        guard let inner = region.summand(of: gate, adding: 1), let found = region.producer(of: inner, "Erf", "Tanh"),
            let argument = found.node.input(0)
        else { return nil }
        let terms = region.terms(of: argument)
        if found.node.operatorType == "Erf" {
            return terms.factor.isNear(0.5.squareRoot()) && terms.values == [x] ? "none" : nil
        }
        guard terms.factor.isNear((2 / Double.pi).squareRoot()) else { return nil }
        switch terms.values.count {
        case 1: return isCubicSum(terms.values[0], x, region) ? "tanh" : nil
        case 2:
            guard let place = terms.values.firstIndex(of: x),
                let square = region.summand(of: terms.values[1 - place], adding: 1)
            else { return nil }
            let scaled = region.terms(of: square)
            return scaled.factor.isNear(0.044715) && isPower(scaled.values, 2, x, region) ? "tanh" : nil
        default: return nil
        }
    }

    /// x + 0.044715 x³.
    private static func isCubicSum(_ name: String, _ x: String, _ region: Region) -> Bool {
        guard let sum = region.producer(of: name, "Add"), let place = sum.node.inputs.firstIndex(of: x),
            sum.node.inputs.count == 2
        else { return false }
        let terms = region.terms(of: sum.node.inputs[1 - place])
        return terms.factor.isNear(0.044715) && isPower(terms.values, 3, x, region)
    }

    private static func isPower(_ values: [String], _ exponent: Int, _ x: String, _ region: Region) -> Bool {
        var degree = 0
        for value in values {
            if value == x {
                degree += 1
            } else if region.isSquare(value, of: x) {
                degree += 2
            } else if let power = region.producer(of: value, "Pow"), power.node.inputs.first == x,
                power.node.input(1).flatMap({ ProductTerms.number($0, beside: x, region) }) == Double(exponent)
            {
                degree += exponent
            } else {
                return false
            }
        }
        return degree == exponent
    }
}

extension Region {
    /// A product taken apart, whoever else reads it.
    func terms(of name: String) -> ProductTerms {
        if let found = producer(of: name, "Mul", "Div") { return ProductTerms(found.node, self) }
        return ProductTerms(name, self)
    }
}
