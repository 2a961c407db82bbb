import Yams

/// Turns the text of a spec into nodes: one document, no key twice, no tags, bounded size, depth and expansion.
struct SpecParser {
    private let file: String
    private var budget = SpecLimits.nodes

    /// Parses a text.
    ///
    /// - Throws: `SpecErrors` with one error of code `invalidYAML`, `tooLarge` or `duplicateKey`.
    static func parse(_ text: String, file: String) throws(SpecErrors) -> SpecNode {
        do {
            return try parseOne(text, file: file)
        } catch {
            throw SpecErrors([error])
        }
    }

    private static func parseOne(_ text: String, file: String) throws(SpecError) -> SpecNode {
        if let violation = SpecLimits.violation(text) {
            throw SpecError(
                .tooLarge, file: file, mark: violation.mark, reason: violation.reason,
                remedy: "write it plainly; a spec is a page, not a data file")
        }
        if let scalar = text.unicodeScalars.first(where: { $0.value < 0x20 && !"\t\n\r".unicodeScalars.contains($0) }) {
            throw SpecError(
                .invalidYAML, file: file,
                reason: "it contains the control character \(scalar.value), so it is not a text",
                remedy: "give a YAML file")
        }
        let root: Node?
        do {
            root = try Parser(yaml: text, encoding: .utf8).singleRoot()
        } catch let error as YamlError {
            throw translated(error, file: file)
        } catch {
            throw SpecError(.invalidYAML, file: file, reason: "it is not YAML (\(error))")
        }
        guard let root else {
            throw SpecError(.invalidYAML, file: file, reason: "it is empty", remedy: "write at least the required keys")
        }
        var parser = SpecParser(file: file)
        return try parser.convert(root, path: "")
    }

    private init(file: String) { self.file = file }

    private mutating func convert(_ node: Node, path: String) throws(SpecError) -> SpecNode {
        let mark = Self.mark(node)
        budget -= 1
        guard budget >= 0 else {
            throw SpecError(
                .tooLarge, file: file, mark: mark, subject: path,
                reason: "it has more than \(SpecLimits.nodes) values once its aliases are expanded",
                remedy: "write it without nested aliases")
        }
        switch node {
        case .scalar(let scalar):
            let isPlain = scalar.style == .plain || scalar.style == .any
            return SpecNode(content: .scalar(SpecScalar(text: scalar.string, isPlain: isPlain)), mark: mark, path: path)
        case .sequence(let sequence):
            var elements: [SpecNode] = []
            for (index, element) in sequence.enumerated() {
                elements.append(try convert(element, path: "\(path)[\(index)]"))
            }
            return SpecNode(content: .list(elements), mark: mark, path: path)
        case .mapping(let mapping):
            return SpecNode(content: .map(try entries(mapping, path: path)), mark: mark, path: path)
        case .alias:
            throw SpecError(.invalidYAML, file: file, mark: mark, subject: path, reason: "an alias stands for nothing")
        }
    }

    private mutating func entries(_ mapping: Node.Mapping, path: String) throws(SpecError) -> [SpecNode.Entry] {
        var entries: [SpecNode.Entry] = []
        var seen: [String: Int] = [:]
        for (key, value) in mapping {
            let mark = Self.mark(key)
            guard case .scalar(let scalar) = key else {
                throw SpecError(
                    .invalidYAML, file: file, mark: mark, subject: path, reason: "a key is a list or a map",
                    remedy: "keys are words")
            }
            let name = scalar.string
            if let line = seen.updateValue(mark.line, forKey: name) {
                throw SpecError(
                    .duplicateKey, file: file, mark: mark, subject: path,
                    reason: "the key '\(name)' is given twice, first in line \(line)", remedy: "keep one of them")
            }
            let inner = path.isEmpty ? name : path + "." + name
            entries.append(SpecNode.Entry(key: name, mark: mark, value: try convert(value, path: inner)))
        }
        return entries
    }

    private static func mark(_ node: Node) -> SpecMark {
        SpecMark(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    }

    private static func translated(_ error: YamlError, file: String) -> SpecError {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let doing = context.map { $0.text + ", " } ?? ""
            return SpecError(
                .invalidYAML, file: file, mark: SpecMark(line: mark.line, column: mark.column),
                reason: "it is not YAML: \(doing)\(problem)", remedy: remedy(for: problem))
        case .duplicatedKeysInMapping(let keys, let context):
            return SpecError(
                .duplicateKey, file: file, mark: SpecMark(line: context.mark.line, column: context.mark.column),
                reason: "the key '\(keys.first ?? "")' is given twice", remedy: "keep one of them")
        case .reader(let problem, _, _, _):
            return SpecError(
                .invalidYAML, file: file, reason: "it is not YAML: \(problem)", remedy: "give a text in UTF-8")
        default:
            return SpecError(.invalidYAML, file: file, reason: "it is not YAML (\(error))")
        }
    }

    private static func remedy(for problem: String) -> String {
        if problem.contains("character that cannot start any token") {
            return "indent with spaces, and put texts with special characters in quotes"
        }
        if problem.contains("mapping values are not allowed") { return "put a text that contains ': ' in quotes" }
        if problem.contains("another document") { return "keep one document a file" }
        return "check indentation, brackets and quotes"
    }
}
