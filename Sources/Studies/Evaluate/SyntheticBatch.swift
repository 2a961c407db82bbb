package import Assets
package import Graphs
import Tensors

/// Seeded random inputs for a model, from the shapes it declares.
///
/// Reals are drawn from a standard normal distribution. Integers are 0 or 1: valid as indices, as masks and as counts.
package struct SyntheticBatch: Sendable {
    let inputs: [ValueInfo]
    let constants: [String: Double]
    let extents: [String: Int]
    let shapes: [String: [Int]]
    let model: String
    let seed: Int

    /// Says what the model takes and what is given.
    package init(
        inputs: [ValueInfo], constants: [String: Double] = [:], extents: [String: Int] = [:],
        shapes: [String: [Int]] = [:], model: String, seed: Int
    ) {
        self.inputs = inputs
        self.constants = constants
        self.extents = extents
        self.shapes = shapes
        self.model = model
        self.seed = seed
    }

    /// One tensor for each input that no constant fills.
    ///
    /// - Throws: `StudyError` of code `shape` when an extent is unknown and was not given.
    package func make() throws(StudyError) -> [NamedTensor] {
        var random = SplitMix64(seed: UInt64(truncatingIfNeeded: seed))
        var tensors: [NamedTensor] = []
        for (info, element, shape) in try plan() {
            tensors.append(NamedTensor(name: info.name, tensor: try tensor(element, shape, info, &random)))
        }
        return tensors
    }

    /// Throws what `make` would throw for a shape, without making anything.
    func check() throws(StudyError) { _ = try plan() }

    /// The element type and shape of each input to be made.
    private func plan() throws(StudyError) -> [(ValueInfo, ElementType, Shape)] {
        try Self.check(shapes.keys, against: inputs, of: model)
        var planned: [(ValueInfo, ElementType, Shape)] = []
        for info in inputs where constants[info.name] == nil {
            guard case .tensor(let element, let declared)? = info.type else {
                throw StudyError(
                    .input, subject: "\(model), input '\(info.name)'",
                    reason: "it is no tensor, so it cannot be made up",
                    remedy: "give data")
            }
            planned.append((info, element, try shape(of: info, declared: declared)))
        }
        return planned
    }

    /// Throws where a shape is given for an input that the model does not have.
    static func check(
        _ names: some Sequence<String>, against inputs: [ValueInfo], of model: String
    ) throws(StudyError) {
        for name in names.sorted() where !inputs.contains(where: { $0.name == name }) {
            throw StudyError(
                .shape, subject: model, reason: "it has no input '\(name)'",
                remedy: "its inputs are \(inputs.map(\.name).joined(separator: ", "))")
        }
    }

    private func shape(of info: ValueInfo, declared: SymbolicShape?) throws(StudyError) -> Shape {
        if let given = shapes[info.name] {
            let fits = declared.map { declared in
                declared.dimensions.count == given.count
                    && zip(declared.dimensions, given).allSatisfy { $0.value.map { $0 < 0 } ?? true || $0.value == $1 }
            }
            guard fits ?? true else {
                throw StudyError(
                    .shape, subject: "\(model), input '\(info.name)'",
                    reason: "the shape \(Shape(given)) does not fit \(info.typeText)",
                    remedy: "give a shape that fits, as --shape \(info.name)=\(suggestion(declared))")
            }
            return Shape(given)
        }
        guard let declared else { throw unknown(info, declared) }
        var shape: [Int] = []
        for (axis, dimension) in declared.dimensions.enumerated() {
            switch dimension {
            case .fixed(let value) where value >= 0: shape.append(value)
            case .symbol(let name) where extents[name] != nil: shape.append(extents[name] ?? 1)
            default:
                // A first extent that is open is the batch almost always; one is its smallest honest value.
                guard axis == 0, declared.dimensions.count > 1 else { throw unknown(info, declared) }
                shape.append(1)
            }
        }
        return Shape(shape)
    }

    private func unknown(_ info: ValueInfo, _ declared: SymbolicShape?) -> StudyError {
        StudyError(
            .shape, subject: "\(model), input '\(info.name)'", reason: "its shape is open: \(info.typeText)",
            remedy: "give it, as --shape \(info.name)=\(suggestion(declared))")
    }

    private func suggestion(_ declared: SymbolicShape?) -> String {
        guard let declared else { return "1x3x224x224" }
        return declared.dimensions.enumerated().map { axis, dimension in
            switch dimension {
            case .fixed(let value) where value >= 0: String(value)
            default: axis == 0 ? "1" : "224"
            }
        }.joined(separator: "x")
    }

    private func tensor(
        _ element: ElementType, _ shape: Shape, _ info: ValueInfo, _ random: inout SplitMix64
    ) throws(StudyError) -> Tensor {
        do throws(TensorError) {
            guard let count = shape.checkedElementCount, count <= 1 << 30 else {
                throw TensorError(.invalidShape, subject: "input", reason: "the shape \(shape) has too many elements")
            }
            if element == .string { return try Tensor(strings: Array(repeating: "", count: count), shape: shape) }
            let values = (0..<count).map { _ in
                element.isFloatingPoint ? random.normal() : Double(random.integer(in: 0...1))
            }
            return try Tensor(values, shape: shape).converted(to: element)
        } catch {
            throw StudyError(.input, subject: "\(model), input '\(info.name)'", reason: error.reason)
        }
    }
}
