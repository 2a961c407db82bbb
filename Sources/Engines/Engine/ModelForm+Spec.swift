public import Specs

extension ModelForm {
    /// A form in a spec.
    public static let type = spec.type

    /// The keys of a form, and of one of its inputs or outputs, as Markdown tables.
    public static let markdown = [spec.markdown, Port.spec.markdown]

    static let spec = SpecObject(
        "form", "A model in a format of one engine's own, which loads it in place of the ONNX file.",
        initial: ModelForm(engine: "", path: ""),
        [
            .required(
                "engine", \.engine, .string, "The engine: \(takers.joined(separator: ", ")), or one that was added."),
            .required("path", \.path, .string, "Its file, or the folder of a SavedModel."),
            SpecField(
                "inputs", \.inputs, ports, "Inputs by their names in the ONNX model; those named alike may be left out."
            ),
            SpecField("outputs", \.outputs, ports, "Outputs likewise."),
        ], rules: [{ $0.violation }])

    private var violation: SpecViolation? {
        guard Self.readers.contains(engine) else { return nil }
        return SpecViolation(
            key: "engine", "\(engine) reads ONNX and takes no other form of a model",
            remedy: "forms are for " + Self.takers.joined(separator: ", ") + " and for engines that were added")
    }

    private static let ports = SpecType<[SpecNamed<Port>]>.map(of: Port.type).mapped(
        to: { Dictionary($0.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 }) },
        from: { $0.sorted { $0.key < $1.key }.map { SpecNamed($0.key, $0.value) } })
}

extension ModelForm.Port {
    static let type = spec.type.orShort(.literal) { ModelForm.Port($0) }

    static let spec = SpecObject(
        "port", "What an input or output of the ONNX model is in a form: a name or place alone, or a map.",
        initial: ModelForm.Port(),
        [
            SpecField("name", \.name, .optional(.literal), "The form's name of it."),
            SpecField("place", \.place, .optional(.int(0...)), "Its place among the form's own, from 0."),
            SpecField(
                "transpose", \.transpose, .optional(.list(of: .int(0...))),
                "The axes in the order in which the value is to have them on its way: [0, 2, 3, 1] moves channels last."
            ),
        ], rules: [{ $0.violation }])

    private var violation: SpecViolation? {
        if name != nil, place != nil {
            return SpecViolation(key: "place", "there is a name as well", remedy: "give one of them")
        }
        if let transpose, transpose.sorted() != Array(transpose.indices) {
            return SpecViolation(
                key: "transpose", "\(transpose) does not have each axis once", remedy: "write for example [0, 2, 3, 1]")
        }
        return nil
    }
}
