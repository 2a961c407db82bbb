extension SpecType {
    /// A list of values, at least so many.
    public static func list<Element: Sendable>(
        of element: SpecType<Element>, atLeast minimum: Int = 0
    ) -> SpecType where Value == [Element] {
        let summary = "a list of " + element.summary.withoutArticle
        return SpecType(
            summary: summary,
            read: { node, problems in
                guard case .list(let nodes) = node.content else {
                    problems.expected(summary, at: node, remedy: "write [a, b], or one line with '- ' each")
                    return nil
                }
                guard nodes.count >= minimum else {
                    problems.report(
                        .invalidValue, at: node, "expected at least \(minimum) of them, found \(nodes.count)")
                    return nil
                }
                return readAll(nodes, element, &problems)
            }, write: { .list($0.map(element.write)) },
            schema: { definitions in
                var pairs: [SpecValue.Pair] = [.init("type", "array"), .init("items", element.schema(&definitions))]
                if minimum > 0 { pairs.append(.init("minItems", .int(minimum))) }
                return .map(pairs)
            })
    }

    /// One value, or a list of at least one.
    public static func oneOrMany<Element: Sendable>(of element: SpecType<Element>) -> SpecType
    where Value == [Element] {
        let many = SpecType<[Element]>.list(of: element, atLeast: 1)
        return SpecType(
            summary: element.summary + ", or a list of them",
            read: { node, problems in
                if case .list = node.content { return many.read(node, &problems) }
                return element.read(node, &problems).map { [$0] }
            }, write: many.write,
            schema: { definitions in
                ["anyOf": [element.schema(&definitions), many.schema(&definitions)]]
            })
    }

    /// Values under names of the user's choice, in order.
    public static func map<Element: Sendable>(of element: SpecType<Element>) -> SpecType
    where Value == [SpecNamed<Element>] {
        let summary = "a map whose values are each " + element.summary
        return SpecType(
            summary: summary,
            read: { node, problems in
                guard case .map(let entries) = node.content else {
                    problems.expected(summary, at: node, remedy: "write one line 'name: value' each")
                    return nil
                }
                let before = problems.errors.count
                let values = entries.compactMap { entry in
                    element.read(entry.value, &problems).map { SpecNamed(entry.key, $0) }
                }
                return problems.errors.count == before ? values : nil
            }, write: { .map($0.map { SpecValue.Pair($0.name, element.write($0.value)) }) },
            schema: { definitions in
                ["type": "object", "additionalProperties": element.schema(&definitions)]
            })
    }

    /// A value that may be left out, or be `null`.
    public static func optional<Wrapped: Sendable>(_ wrapped: SpecType<Wrapped>) -> SpecType
    where Value == Wrapped? {
        SpecType(
            summary: wrapped.summary + ", or nothing",
            read: { node, problems in
                if node.scalar?.resolved == .null { return .some(.none) }
                return wrapped.read(node, &problems).map { .some($0) }
            }, write: { $0.map(wrapped.write) ?? .null },
            schema: { definitions in ["anyOf": [wrapped.schema(&definitions), ["type": "null"]]] })
    }

    private static func readAll<Element: Sendable>(
        _ nodes: [SpecNode], _ element: SpecType<Element>, _ problems: inout SpecProblems
    ) -> [Element]? {
        let before = problems.errors.count
        let values = nodes.compactMap { element.read($0, &problems) }
        return problems.errors.count == before && values.count == nodes.count ? values : nil
    }
}

extension String {
    /// The words without a leading `a` or `an`.
    fileprivate var withoutArticle: String {
        hasPrefix("a ") ? String(dropFirst(2)) : hasPrefix("an ") ? String(dropFirst(3)) : self
    }
}
