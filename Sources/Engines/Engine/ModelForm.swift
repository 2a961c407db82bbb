/// A model in a format of one engine's own, beside the ONNX file that it claims to be the same model as.
///
/// An engine that takes such forms loads it in place of converting the ONNX file. What goes in and out keeps the names and
/// layouts of the ONNX model, which the maps of inputs and outputs bring into those of the form.
public struct ModelForm: Sendable, Hashable, Codable {
    /// What one input or output of the ONNX model is in the form.
    public struct Port: Sendable, Hashable, Codable {
        /// The form's name of it; where there is none, and no place either, the one of the same name is meant, or the only one.
        public var name: String?
        /// Its place among the form's inputs or outputs, from 0.
        public var place: Int?
        /// The axes of the value on its way, in the order in which it is to have them: of the ONNX model's value for an input,
        /// of the form's for an output; `nil` where both have the same.
        public var transpose: [Int]?

        /// Makes a port.
        public init(name: String? = nil, place: Int? = nil, transpose: [Int]? = nil) {
            self.name = name
            self.place = place
            self.transpose = transpose
        }

        /// Reads the short form: a place where it is a number, else a name.
        public init(_ text: String) {
            let place = Int(text)
            self.init(name: place == nil ? text : nil, place: place)
        }
    }

    /// The engine that loads it.
    public var engine: String
    /// Its file, or its folder.
    public var path: String
    /// Inputs by the names of the ONNX model; those of the same name may be left out.
    public var inputs: [String: Port]
    /// Outputs by the names of the ONNX model; those of the same name may be left out.
    public var outputs: [String: Port]

    /// Makes a form.
    public init(engine: String, path: String, inputs: [String: Port] = [:], outputs: [String: Port] = [:]) {
        self.engine = engine
        self.path = path
        self.inputs = inputs
        self.outputs = outputs
    }

    /// The engines of Assay's own that take forms; an engine that was added says itself whether it does.
    public static let takers = EnginePackage.all.filter(\.isFramework).map(\.engine)

    /// The engines that read ONNX alone.
    package static let readers = EnginePackage.all.filter { !$0.isFramework }.map(\.engine) + BuiltInEngine.names
}
