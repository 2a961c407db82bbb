import Graphs
import Tensors

/// Conversions that lose nothing and are undone or followed by another.
struct CastRemoval: RegionPass {
    let name = "cast-removal"
    let summary = "Cast of a Cast that lost nothing as one Cast or none; CastLike of a known type as Cast"

    func rewrite(_ region: inout Region) {
        for index in region.indices {
            guard let node = region.call(index, "Cast", "CastLike"), let result = node.onlyOutput else { continue }
            if node.operatorType == "CastLike" {
                if resolve(index, node, &region) { region.noteRewrite() }
                continue
            }
            guard let source = node.input(0), let inner = region.producer(of: source, "Cast"),
                let value = inner.node.input(0), let from = region.elementType(value),
                let middle = Self.target(inner.node), let to = Self.target(node),
                Self.loses(nothingFrom: from, to: middle),
                Self.isPlain(to)
            else { continue }
            // An output of the region needs a node that writes it, though that converts nothing.
            if from != to || !region.substitute(index, result: result, by: value) {
                region.replace(index, by: node.with(inputs: [value]))
            }
            region.noteRewrite()
        }
    }

    /// The type to cast to, where it is known before the run.
    private func resolve(_ index: Int, _ node: Node, _ region: inout Region) -> Bool {
        guard let value = node.input(0), let other = node.input(1), let type = region.elementType(other),
            Self.isPlain(type), node.attributes.isEmpty
        else { return false }
        var cast = node
        (cast.operatorType, cast.inputs) = ("Cast", [value])
        cast.attributes = [Attribute("to", .int(Int(type.rawValue)))]
        region.replace(index, by: cast)
        return true
    }

    private static func target(_ node: Node) -> ElementType? {
        guard case .int(let code)? = node.attribute("to") else { return nil }
        return Int32(exactly: code).flatMap(ElementType.init(rawValue:))
    }

    /// Types whose conversions depend on the value alone.
    private static func isPlain(_ type: ElementType) -> Bool {
        type == .bool || (type.isInteger && type.bitWidth >= 8)
            || [.float16, .bfloat16, .float32, .float64].contains(type)
    }

    /// Whether every value of one type is a value of another.
    private static func loses(nothingFrom from: ElementType, to: ElementType) -> Bool {
        guard isPlain(from), isPlain(to) else { return false }
        if from == to { return true }
        if from == .bool { return true }
        if to == .bool { return false }
        let digits: [ElementType: Int] = [.float16: 11, .bfloat16: 8, .float32: 24, .float64: 53]
        if let precision = digits[to] {
            if let own = digits[from] { return own <= precision && !(from == .bfloat16 && to == .float16) }
            return from.bitWidth - (isSigned(from) ? 1 : 0) <= precision
        }
        guard from.isInteger else { return false }
        return isSigned(from) == isSigned(to)
            ? from.bitWidth <= to.bitWidth : !isSigned(from) && from.bitWidth < to.bitWidth
    }

    private static func isSigned(_ type: ElementType) -> Bool { [.int8, .int16, .int32, .int64].contains(type) }
}
