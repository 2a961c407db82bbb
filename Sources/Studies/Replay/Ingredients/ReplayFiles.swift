import Records

/// Compares the files that two runs of one spec read beside models and engines: forms of models, data, and the libraries that decode them.
struct ReplayFiles: Sendable {
    let recorded: Record
    let here: Record

    /// What both records list, and what one of them lacks.
    var ingredients: [ReplayIngredient] {
        [
            ingredient("form", .form, "a form is loaded from where the spec says, and its recorded bytes are not kept"),
            ingredient("data", .data, "what the recorded data held cannot be had by its hash"),
            ingredient("decoder", .decoder, "a replay decodes with the libraries of this system"),
        ].compactMap(\.self)
    }

    private func ingredient(_ name: String, _ role: Ingredient.Role, _ obstacle: String) -> ReplayIngredient? {
        let (old, new) = (files(recorded, role), files(here, role))
        guard !old.isEmpty || !new.isEmpty else { return nil }
        let isSame = old.map(\.digest) == new.map(\.digest)
        // A record that lists no decoder was made before they were listed.
        let state: ReplayIngredient.State = isSame ? .same : old.isEmpty || new.isEmpty ? .unknown : .differs
        return ReplayIngredient(
            name: name, recorded: words(old), here: words(new), state: state, swap: .impossible(obstacle))
    }

    private func files(_ record: Record, _ role: Ingredient.Role) -> [Ingredient] {
        record.ingredients.filter { $0.role == role }
    }

    private func words(_ files: [Ingredient]) -> String {
        files.map { "\($0.name) \($0.digest.short)…" }.joined(separator: ", ")
    }
}
