import Graphs
import Tensors

/// A value over its root mean square, written out: `x / √(mean(x²) + ε)`.
struct NormalizationPattern {
    /// The value.
    let value: String
    /// How many axes, counted from the last, the mean is taken over.
    let axisCount: Int
    /// ε.
    let epsilon: Double

    /// `nil` where a node is no such quotient.
    init?(_ node: Node, _ region: Region, isSame: (String, String) -> Bool = { $0 == $1 }) {
        guard node.inputs.count == 2 else { return nil }
        var candidates: [(value: String, root: String)] = []
        if node.operatorType == "Div" {
            candidates = [(node.inputs[0], node.inputs[1])]
        } else {
            for place in 0...1 {
                guard let inverse = region.producer(of: node.inputs[place], "Reciprocal"),
                    let root = inverse.node.input(0)
                else { continue }
                candidates.append((node.inputs[1 - place], root))
            }
        }
        for (value, root) in candidates {
            guard let found = region.producer(of: root, "Sqrt"), let sum = found.node.input(0),
                let (mean, epsilon) = Self.epsilon(sum, region),
                let reduction = region.producer(of: mean, "ReduceMean"), let square = reduction.node.input(0),
                let count = Self.lastAxes(reduction.node, region),
                let base = Self.root(of: square, region), isSame(base, value)
            else { continue }
            (self.value, axisCount, self.epsilon) = (value, count, epsilon)
            return
        }
        return nil
    }

    private static func epsilon(_ sum: String, _ region: Region) -> (mean: String, epsilon: Double)? {
        guard let found = region.producer(of: sum, "Add"), let parts = region.variableAndConstant(found.node),
            let number = ProductTerms.number(parts.constant, beside: parts.variable, region), number >= 0, number < 1
        else { return nil }
        return (parts.variable, number)
    }

    /// What is squared.
    private static func root(of square: String, _ region: Region) -> String? {
        guard let found = region.producer(of: square, "Mul", "Pow"), let base = found.node.input(0),
            region.isSquare(square, of: base)
        else { return nil }
        return base
    }

    /// How many axes a reduction that keeps them takes, where they are the last ones.
    static func lastAxes(_ node: Node, _ region: Region) -> Int? {
        guard node.int("keepdims", default: 1) == 1 else { return nil }
        let given = node.input(1).flatMap { region.integers($0) } ?? node.ints("axes") ?? []
        guard !given.isEmpty else { return nil }
        if Set(given) == Set((1...given.count).map { -$0 }) { return given.count }
        guard let name = node.inputs.first, let rank = region.shape(name)?.dimensions.count,
            let axes = region.axes(node, rank: rank), Set(axes) == Set(rank - given.count..<rank)
        else { return nil }
        return given.count
    }

    /// The scale or shift that a constant is, in the form of the normalised axes; `nil` where it differs along others.
    func parameter(_ constant: Tensor, of value: String, _ region: Region) -> Tensor? {
        guard constant.elementType == .float32 else { return nil }
        let leading = max(0, constant.shape.rank - axisCount)
        guard constant.shape.prefix(leading).allSatisfy({ $0 == 1 }),
            leading == 0 || constant.shape.rank <= region.shape(value)?.dimensions.count ?? 0,
            let extents = extents(of: value, region)
                ?? (axisCount == 1 && constant.elementCount > 1 ? [constant.elementCount] : nil)
        else { return nil }
        let own = Shape(Array(constant.shape.dropFirst(leading)))
        guard let trimmed = try? constant.reshaped(to: own) else { return nil }
        if own == extents { return trimmed }
        guard (try? Broadcasting.shape([own, extents], "")) == extents else { return nil }
        return region.evaluate("Expand", [trimmed, Tensor(extents.map(Int64.init))])
    }

    /// Ones in the form of the normalised axes, where their extents are known.
    func ones(for value: String, _ region: Region) -> Tensor? {
        guard let extents = extents(of: value, region), let count = extents.checkedElementCount, count <= 1 << 16 else {
            return nil
        }
        return try? Tensor([Float](repeating: 1, count: count), shape: extents)
    }

    private func extents(of value: String, _ region: Region) -> Shape? {
        guard let all = region.shape(value)?.dimensions, all.count >= axisCount else { return nil }
        let last = all.suffix(axisCount).compactMap(\.value)
        return last.count == axisCount ? Shape(last) : nil
    }
}
