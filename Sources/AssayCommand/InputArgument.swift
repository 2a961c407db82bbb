import Assets
import Graphs
import Tensors

/// An input on the command line: `x=photo.npy`, or `scale=0.5` for a scalar.
struct InputArgument {
    let tensor: NamedTensor

    /// One tensor for every input that a graph cannot do without.
    ///
    /// - Throws: `Failure` that names the argument that is wrong, or the input that has none.
    static func all(_ arguments: [String], for graph: Graph, of model: String) throws -> [NamedTensor] {
        let given = try arguments.map { try InputArgument($0, inputs: graph.inputs, model: model).tensor }
        guard let missing = graph.requiredInputs.first(where: { info in !given.contains { $0.name == info.name } })
        else { return given }
        throw Failure(
            .wrongInput, code: "command.input", subject: model, reason: "its input '\(missing.name)' has no value",
            remedy: "give --input \(missing.name)=FILE.npy, or a number for a scalar")
    }

    private init(_ text: String, inputs: [ValueInfo], model: String) throws {
        guard let mark = text.firstIndex(of: "="), mark != text.startIndex else {
            throw Failure(
                .wrongInput, code: "command.input", subject: "--input \(text)", reason: "it is not NAME=VALUE",
                remedy: "write the input's name, '=', and a .npy file or a number")
        }
        let name = String(text[..<mark])
        let value = String(text[text.index(after: mark)...])
        guard inputs.contains(where: { $0.name == name }) else {
            throw Failure(
                .wrongInput, code: "command.input", subject: "--input \(text)",
                reason: "\(model) has no input '\(name)'",
                remedy: "its inputs are \(inputs.map(\.name).joined(separator: ", "))")
        }
        if let number = Double(value), case .tensor(let element, _)? = inputs.first(where: { $0.name == name })?.type {
            tensor = NamedTensor(name: name, tensor: try Tensor(scalar: number).converted(to: element))
            return
        }
        let bytes: Bytes
        do { bytes = try Bytes(mapping: value) } catch {
            throw Failure(
                .wrongInput, code: "command.input", subject: value, reason: error.reason,
                remedy: "give a .npy file that exists")
        }
        tensor = NamedTensor(name: name, tensor: try NumpyFile.read(bytes, subject: value))
    }
}
