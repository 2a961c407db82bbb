import Foundation

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
        let data: Data
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? handle.close() }
            // One byte more than is allowed is enough to refuse a file of any size.
            data = try handle.read(upToCount: SpecLimits.bytes + 1) ?? Data()
        } catch {
            throw SpecErrors([
                SpecError(
                    .unreadableFile, file: path, reason: "the file cannot be read",
                    remedy: "check that it exists and may be read")
            ])
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw SpecErrors([
                SpecError(.invalidYAML, file: path, reason: "it is not UTF-8", remedy: "give a YAML file")
            ])
        }
        return try decode(text, file: path)
    }

    /// The effective spec of a value that was made in code.
    public func effective(_ value: Root) -> SpecValue { type.write(value) }
}
