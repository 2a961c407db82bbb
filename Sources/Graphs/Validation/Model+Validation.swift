extension Model {
    /// Checks what every consumer relies on, whatever the operators mean: sorted and acyclic graphs, names defined once and
    /// before use, imported operator sets, functions that end, shapes that fit memory.
    ///
    /// - Throws: the first of `problems()`.
    public func validate() throws(GraphError) {
        if let problem = problems(limit: 1).first { throw problem }
    }

    /// All that `validate()` would refuse, in the order of the model, at most `limit`.
    public func problems(limit: Int = 100) -> [GraphError] {
        var validator = Validator(model: self, limit: limit)
        validator.visitModel()
        return Array(validator.problems.prefix(limit))
    }
}
