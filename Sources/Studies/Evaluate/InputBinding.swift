package import Assets
package import Graphs
import Tensors

/// Puts the tensors of a sample in the order of a model's inputs, and fills the inputs that are the same for every sample.
package struct InputBinding: Sendable {
    /// What the model asks for, in order.
    let inputs: [ValueInfo]
    /// Inputs filled with one number.
    let constants: [String: Double]
    /// What messages call the model.
    let model: String

    /// Says what the model takes and which inputs a number fills.
    package init(inputs: [ValueInfo], constants: [String: Double], model: String) {
        self.inputs = inputs
        self.constants = constants
        self.model = model
    }

    /// One tensor for each input, in order, with their names.
    ///
    /// - Throws: `StudyError` that names the input that has no value or one that does not fit.
    package func bind(_ given: [NamedTensor]) throws(StudyError) -> [NamedTensor] {
        let named = given.map { tensor in
            tensor.name.isEmpty ? NamedTensor(name: onlyOpenInput ?? "", tensor: tensor.tensor) : tensor
        }
        for tensor in named where !inputs.contains(where: { $0.name == tensor.name }) {
            throw StudyError(
                .input, subject: model, reason: "it has no input '\(tensor.name)'",
                remedy:
                    "its inputs are \(inputs.map(\.name).joined(separator: ", ")); name them with 'name-input' or as constants"
            )
        }
        var extents = Extents(batch: named.first?.tensor.shape.first ?? 1)
        for tensor in named {
            guard let info = inputs.first(where: { $0.name == tensor.name }) else { continue }
            try check(tensor.tensor, against: info)
            extents.learn(from: tensor.tensor.shape, declared: info.type)
        }
        var bound: [NamedTensor] = []
        for info in inputs {
            if let match = named.first(where: { $0.name == info.name }) {
                bound.append(match)
            } else if let value = constants[info.name] {
                bound.append(NamedTensor(name: info.name, tensor: try constant(value, for: info, extents)))
            } else {
                throw StudyError(
                    .input, subject: model, reason: "its input '\(info.name)' (\(info.typeText)) has no value",
                    remedy: "let a step of 'preprocess' make it, or fill it under 'constants'")
            }
        }
        return bound
    }

    /// The input that an unnamed tensor is for: the only one that no constant fills.
    private var onlyOpenInput: String? {
        let open = inputs.filter { constants[$0.name] == nil }
        return open.count == 1 ? open.first?.name : nil
    }

    private func check(_ tensor: Tensor, against info: ValueInfo) throws(StudyError) {
        guard case .tensor(let element, let shape)? = info.type else { return }
        let fits = shape.map { shape in
            shape.dimensions.count == tensor.shape.rank
                && zip(shape.dimensions, tensor.shape).allSatisfy { declared, extent in
                    declared.value.map { $0 < 0 || $0 == extent } ?? true
                }
        }
        guard element == tensor.elementType, fits ?? true else {
            throw StudyError(
                .input, subject: "\(model), input '\(info.name)'",
                reason: "it takes \(info.typeText) and was given \(tensor.elementType.name)[\(tensor.shape)]",
                remedy: "change the steps of 'preprocess', or the shape")
        }
    }

    private func constant(_ value: Double, for info: ValueInfo, _ extents: Extents) throws(StudyError) -> Tensor {
        guard case .tensor(let element, let shape)? = info.type, let shape else {
            throw StudyError(
                .input, subject: "\(model), input '\(info.name)'",
                reason: "its shape is unknown, so it cannot be filled")
        }
        let resolved = Shape(shape.dimensions.map { extents.value(of: $0) })
        do {
            return try Tensor([Double](repeating: value, count: resolved.elementCount), shape: resolved).converted(
                to: element)
        } catch {
            throw StudyError(.input, subject: "\(model), input '\(info.name)'", reason: error.reason)
        }
    }

    /// What the shapes of fed inputs tell of the symbols; an extent without a name is the batch's.
    struct Extents {
        let batch: Int
        var symbols: [String: Int] = [:]

        init(batch: Int) { self.batch = batch }

        mutating func learn(from shape: Shape, declared: ValueType?) {
            guard case .tensor(_, let declared?)? = declared else { return }
            for case (.symbol(let name), let extent) in zip(declared.dimensions, shape) { symbols[name] = extent }
        }

        func value(of dimension: Dimension) -> Int {
            switch dimension {
            case .fixed(let value): value
            case .symbol(let name): symbols[name] ?? batch
            case .unknown: batch
            }
        }
    }
}

extension ValueInfo {
    /// The type in words: `f32[1x3xHxW]`.
    var typeText: String {
        guard case .tensor(let element, let shape)? = type else { return "a value that is no tensor" }
        guard let shape else { return "\(element.name) of any shape" }
        return "\(element.name)[\(shape.text)]"
    }
}

extension SymbolicShape {
    /// The extents as users write them: `1x3xHxW`, unknown ones as `?`.
    var text: String {
        guard !dimensions.isEmpty else { return "scalar" }
        return dimensions.map { dimension in
            switch dimension {
            case .fixed(let value): String(value)
            case .symbol(let name): name
            case .unknown: "?"
            }
        }.joined(separator: "x")
    }
}
