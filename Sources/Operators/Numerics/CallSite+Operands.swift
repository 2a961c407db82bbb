import Graphs
import Tensors

extension CallSite {
    /// One input as far as it is known; `nil` where it is omitted.
    func operand(_ index: Int) -> Operand? { index < operands.count ? operands[index] : nil }

    /// True where an input is given.
    func hasInput(_ index: Int) -> Bool { index < node.inputs.count && !node.inputs[index].isEmpty }

    /// True where the node asks for an output.
    func hasOutput(_ index: Int) -> Bool { index < node.outputs.count && !node.outputs[index].isEmpty }

    /// The element type of a tensor input, where it is known.
    func elementType(_ index: Int) -> ElementType? {
        if case .tensor(let element, _)? = operand(index)?.type { element } else { nil }
    }

    /// The shape of a tensor input, where at least its rank is known.
    func shape(_ index: Int) -> SymbolicShape? {
        if case .tensor(_, let shape)? = operand(index)?.type { shape } else { nil }
    }

    /// The shape of a tensor input, where every extent is known.
    func fixedShape(_ index: Int) -> Shape? { shape(index)?.shape }

    /// The rank of a tensor input, where it is known.
    func rank(_ index: Int) -> Int? { shape(index)?.dimensions.count }

    /// The element type of an input that a gradient needs to write constants of.
    ///
    /// - Throws: `OperatorError` of code `notDifferentiable` where it is not known.
    func requireElementType(_ index: Int) throws(OperatorError) -> ElementType {
        guard let type = elementType(index) else {
            throw OperatorError(
                .notDifferentiable, subject: path, reason: "the element type of input \(index) is not known",
                remedy: "infer the types of the model first")
        }
        return type
    }

    /// The rank of an input that a gradient depends on.
    ///
    /// - Throws: `OperatorError` of code `notDifferentiable` where it is not known.
    func requireRank(_ index: Int) throws(OperatorError) -> Int {
        guard let rank = rank(index) else {
            throw OperatorError(
                .notDifferentiable, subject: path, reason: "the rank of input \(index) is not known",
                remedy: "infer the shapes of the model first")
        }
        return rank
    }

    /// The rank of an input that a gradient depends on, which is no less than the operator asks for.
    ///
    /// - Throws: `OperatorError` of code `notDifferentiable` where it is not known, `shape` where it is less.
    func requireRank(_ index: Int, atLeast least: Int) throws(OperatorError) -> Int {
        let rank = try requireRank(index)
        guard rank >= least else {
            throw OperatorError(
                .shape, subject: path, reason: "input \(index) has \(rank) axes where \(least) are due")
        }
        return rank
    }

    /// The shape of an input that a gradient depends on, where each extent is fixed.
    ///
    /// - Throws: `OperatorError` of code `notDifferentiable` where it is not known.
    func requireFixedShape(_ index: Int) throws(OperatorError) -> Shape {
        guard let shape = fixedShape(index) else {
            throw OperatorError(
                .notDifferentiable, subject: path, reason: "the shape of input \(index) is not fixed",
                remedy: "give the model fixed input shapes and infer its types first")
        }
        return shape
    }

    /// The integers of an input that a gradient depends on.
    ///
    /// - Throws: `OperatorError` of code `notDifferentiable` where they are not known.
    func requireIntegers(_ index: Int) throws(OperatorError) -> [Int] {
        guard let values = integers(index) else {
            throw OperatorError(
                .notDifferentiable, subject: path, reason: "input \(index) is not constant",
                remedy: "make it an initializer")
        }
        return values
    }

    /// The shapes of all inputs in words, for messages.
    var shapesText: String { operands.indices.map { shape($0)?.text ?? "?" }.joined(separator: ", ") }

    /// The elements of a constant integer input, or those an inference knows.
    func integers(_ index: Int) -> [Int]? {
        if let constant = operand(index)?.constant { return try? constant.integers(path) }
        guard let elements = operand(index)?.elements else { return nil }
        let known = elements.compactMap(\.value)
        return known.count == elements.count ? known : nil
    }

    /// The elements of a small integer input as far as they are known: fixed, symbols, or unknown.
    func elements(_ index: Int) -> [Dimension]? {
        if let elements = operand(index)?.elements { return elements }
        return integers(index)?.map(Dimension.fixed)
    }

    /// Integers that older versions give as an attribute and newer ones as an input.
    func integers(_ name: String, orInput index: Int) throws(OperatorError) -> StaticIntegers {
        if let attribute = node.attribute(name) {
            guard case .ints(let values) = attribute else {
                throw OperatorError(.attribute, subject: path, reason: "attribute '\(name)' is not a list of integers")
            }
            return .known(values)
        }
        guard hasInput(index) else { return .absent }
        if let values = integers(index) { return .known(values) }
        return .unknown(count: shape(index)?.dimensions.first?.value)
    }
}
