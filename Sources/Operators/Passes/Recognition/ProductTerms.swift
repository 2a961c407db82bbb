import Graphs
import Tensors

/// A product with its nested products and divisions by numbers taken apart: one number and the values multiplied.
struct ProductTerms {
    /// The product of all constant factors.
    private(set) var factor = 1.0
    /// The other factors.
    private(set) var values: [String] = []

    /// Takes apart what a node computes; factors that others read too stay whole.
    init(_ node: Node, _ region: Region) {
        collect(node, region, depth: 0)
    }

    /// Takes apart a value that one node alone reads; anything else is one factor.
    init(_ name: String, _ region: Region) { collect(name, region, depth: 0) }

    private mutating func collect(_ node: Node, _ region: Region, depth: Int) {
        guard node.inputs.count == 2 else { return }
        let (a, b) = (node.inputs[0], node.inputs[1])
        if let number = Self.number(b, beside: a, region) {
            factor = node.operatorType == "Div" ? factor / number : factor * number
            collect(a, region, depth: depth + 1)
        } else if node.operatorType == "Mul", let number = Self.number(a, beside: b, region) {
            factor *= number
            collect(b, region, depth: depth + 1)
        } else if node.operatorType == "Mul" {
            collect(a, region, depth: depth + 1)
            collect(b, region, depth: depth + 1)
        } else if let output = node.outputs.first {
            values.append(output)
        }
    }

    private mutating func collect(_ name: String, _ region: Region, depth: Int) {
        if depth < 8, region.isReadOnce(name), let found = region.producer(of: name, "Mul", "Div"),
            found.node.inputs.count == 2,
            found.node.operatorType == "Mul"
                || Self.number(found.node.inputs[1], beside: found.node.inputs[0], region) != nil
        {
            collect(found.node, region, depth: depth)
        } else {
            values.append(name)
        }
    }

    /// The number that a constant holds which does not stretch the value beside it.
    static func number(_ name: String, beside value: String, _ region: Region) -> Double? {
        guard let number = region.scalar(name), number.isFinite, let tensor = region.constant(name),
            region.keepsShape(value, stretchedBy: tensor)
        else { return nil }
        return number
    }
}

extension Region {
    /// The value to which a node adds a number.
    func summand(of name: String, adding number: Double, among types: [String] = ["Add"]) -> String? {
        guard let index = producer(of: name), let node = call(index, among: types), node.inputs.count == 2 else {
            return nil
        }
        for place in 0...1 {
            let value = node.inputs[1 - place]
            if let constant = ProductTerms.number(node.inputs[place], beside: value, self),
                constant.isNear(number)
            {
                return value
            }
        }
        return nil
    }

    /// True where a value is the square of another.
    func isSquare(_ name: String, of value: String) -> Bool {
        if let found = producer(of: name, "Mul") { return found.node.inputs == [value, value] }
        guard let found = producer(of: name, "Pow"), found.node.inputs.first == value else { return false }
        return found.node.input(1).flatMap { ProductTerms.number($0, beside: value, self) } == 2
    }
}

extension Double {
    /// True where two constants are one number, written with the digits of `f32`.
    func isNear(_ other: Double) -> Bool { abs(self - other) <= 2e-6 * abs(other) }
}
