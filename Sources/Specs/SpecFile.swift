import Foundation

/// The file of a spec, before it is known what it asks.
public enum SpecFile {
    /// Reads its text.
    ///
    /// - Throws: `SpecErrors` with one error of code `unreadableFile` or `invalidYAML`.
    static func text(of path: String) throws(SpecErrors) -> String {
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
        return text
    }

    /// The keys at its top; none where it is no map.
    ///
    /// - Throws: `SpecErrors` where it cannot be read, or is no YAML.
    public static func keys(of path: String) throws(SpecErrors) -> Set<String> {
        guard case .map(let entries) = try SpecParser.parse(try text(of: path), file: path).content else { return [] }
        return Set(entries.map(\.key))
    }
}
