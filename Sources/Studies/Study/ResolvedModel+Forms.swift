import Engines
import Records

extension ResolvedModel {
    /// The form that an engine is to load; `nil` where it takes the ONNX file.
    func form(for engine: String) -> ModelForm? { forms.first { $0.form.engine == engine }?.form }

    /// The name with that of a form, which may be all that tells two sides apart.
    var shownName: String { ([name] + forms.map(\.file)).joined(separator: " as ") }

    /// The model as a record lists it, and its forms.
    var ingredients: [Ingredient] {
        [ingredient]
            + forms.map {
                Ingredient(.form, name: "\(name), \($0.form.engine): \($0.file)", digest: $0.digest, bytes: $0.bytes)
            }
    }

    /// Which stacks run a form of their own rather than a conversion, for the notes of a record.
    func formNotes(_ stacks: [PreparedStack]) -> [String] {
        stacks.compactMap { stack in
            forms.first { $0.form.engine == stack.request.engine }.map {
                "\(stack.title) ran a form of \(name) of its own, \($0.file) (SHA-256 \($0.digest.short)…), and no conversion"
            }
        }
    }
}

extension StudyContext {
    /// The same context, in which a model has forms.
    ///
    /// - Parameter stacks: those of the study: an engine of a form must be among them, or one that Assay installs.
    /// - Throws: `StudyError` where an engine takes no forms, has two, or is not known, and where a form is not there.
    func giving(_ forms: [ModelForm], to reference: String, for stacks: [StackRequest]) throws -> StudyContext {
        guard !forms.isEmpty else { return self }
        var seen: Set<String> = []
        for form in forms {
            let subject = "form '\(form.path)'"
            guard !ModelForm.readers.contains(form.engine) else {
                throw StudyError(
                    .input, subject: subject, reason: "\(form.engine) reads ONNX and takes no other form of a model",
                    remedy: "leave it out")
            }
            guard ModelForm.takers.contains(form.engine) || stacks.contains(where: { $0.engine == form.engine }) else {
                throw StudyError(
                    .input, subject: subject, reason: "no stack runs the engine '\(form.engine)'",
                    remedy: "the stacks are " + stacks.map(\.engine).joined(separator: ", "))
            }
            guard seen.insert(form.engine).inserted else {
                throw StudyError(
                    .input, subject: subject, reason: "\(form.engine) has a form already",
                    remedy: "write a second model with the other form")
            }
        }
        let resolved = try forms.map { try form($0) }
        var context = self
        let model = model
        context.model = { asked in
            var found = try model(asked)
            if asked == reference { found.forms = resolved }
            return found
        }
        return context
    }
}
