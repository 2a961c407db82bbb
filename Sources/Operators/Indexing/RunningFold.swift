import Tensors

/// Sums or products of all elements so far along an axis, in a tensor of the same shape.
struct RunningFold: NumberKernel {
    /// How elements are joined.
    enum Operation {
        case sum, product
    }

    let operation: Operation
    let data: Tensor
    let axis: Int
    /// True where an element is not part of its own result.
    let isExclusive: Bool
    /// True where the last element comes first.
    let isReversed: Bool
    let path: String

    /// Reads the attributes that running sums and products write alike; `axis` is a tensor of one element.
    init(
        _ operation: Operation, _ data: Tensor, axis: Tensor, _ attributes: Attributes
    ) throws(OperatorError) {
        guard let given = try axis.integers(attributes.path).first else {
            throw OperatorError(.shape, subject: attributes.path, reason: "axis is empty")
        }
        self.operation = operation
        self.data = data
        self.axis = try Axes.normalize(given, rank: data.shape.rank, attributes.path)
        isExclusive = try attributes.flag("exclusive")
        isReversed = try attributes.flag("reverse")
        path = attributes.path
    }

    func run<T: Number>(_ type: T.Type) throws(OperatorError) -> Value {
        switch operation {
        case .sum: try fold(T.zero) { $0.plus($1) }
        case .product: try fold(T(saturating: 1)) { $0.times($1) }
        }
    }

    private func fold<T: Number>(_ neutral: T, _ join: (T, T) -> T) throws(OperatorError) -> Value {
        var values: [T] = try data.elements(path)
        let rows = AxisReduction(data.shape, axes: [axis], keepsDimensions: true)
        let offsets = isReversed ? Array(rows.offsets.reversed()) : rows.offsets
        for start in rows.starts {
            var running = neutral
            for offset in offsets {
                let next = join(running, values[start + offset])
                values[start + offset] = isExclusive ? running : next
                running = next
            }
        }
        return try .make(values, data.shape, path)
    }
}
