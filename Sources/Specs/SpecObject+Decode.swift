extension SpecObject {
    /// Reads a spec from a text.
    ///
    /// - Parameter file: what messages call it.
    /// - Throws: `SpecErrors` with all that is wrong.
    public func decode(_ text: String, file: String = "spec") throws(SpecErrors) -> SpecDocument<Root> {
        let node = try SpecParser.parse(text, file: file)
        var problems = SpecProblems(file: file)
        guard let value = type.read(node, &problems), problems.errors.isEmpty else {
            throw SpecErrors(problems.errors)
        }
        return SpecDocument(value: value, effective: type.write(value), file: file)
    }

    /// Reads a spec from a file.
    ///
    /// - Throws: `SpecErrors` with all that is wrong.
    public func decode(contentsOf path: String) throws(SpecErrors) -> SpecDocument<Root> {
        try decode(try SpecFile.text(of: path), file: path)
    }

    /// The effective spec of a value that was made in code.
    public func effective(_ value: Root) -> SpecValue { type.write(value) }

    /// How badly keys at the top of a document fit: those that are unknown, and those that are missing.
    public func misfit(of keys: Set<String>) -> Int {
        keys.subtracting(fields.map(\.key)).count + Set(fields.filter(\.isRequired).map(\.key)).subtracting(keys).count
    }
}
