import Graphs

extension Model {
    /// The shapes of the inputs, to count the work of one item: those that are given, else the declared ones with 1 for a
    /// first extent that is open.
    func shapesForOneItem(given: [String: SymbolicShape]) -> [String: SymbolicShape] {
        var shapes = given
        for input in graph.requiredInputs where shapes[input.name] == nil {
            guard case .tensor(_, var shape?)? = input.type, shape.dimensions.count > 1 else { continue }
            if shape.dimensions[0].value == nil { shape.dimensions[0] = .fixed(1) }
            shapes[input.name] = shape
        }
        return shapes
    }
}
