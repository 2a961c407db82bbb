import Graphs
public import Operators

/// Chooses operators by name.
public enum OperatorChoice {
    /// The operators of names and families, in the order of the catalogue; all where no name is given.
    ///
    /// - Throws: `StudyError` of code `unknownOperator`.
    public static func operators(
        named names: [String], in catalogue: OperatorCatalogue = .standard
    ) throws(StudyError) -> [any Operators.Operator] {
        let all = catalogue.all
        guard !names.isEmpty else { return all }
        var chosen: Set<String> = []
        for name in names {
            let found = all.filter { $0.title == name || $0.family.rawValue == name }
            guard !found.isEmpty else {
                let known = Set(all.map(\.title) + OperatorFamily.allCases.map(\.rawValue))
                let suggestion = Suggestion.sentence(for: name, among: known)
                throw StudyError(
                    .unknownOperator, subject: "operator '\(name)'",
                    reason: "the catalogue has neither an operator nor a family of this name",
                    remedy: suggestion.isEmpty ? "`assay operators --list` shows all" : suggestion)
            }
            chosen.formUnion(found.map(\.title))
        }
        return all.filter { chosen.contains($0.title) }
    }
}
