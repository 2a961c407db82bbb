import Assets
import Graphs
import Tensors

/// An input on the command line: `x=photo.npy`, or `scale=0.5` for a scalar.
struct InputArgument {
    let tensor: NamedTensor

    init(_ text: String, inputs: [ValueInfo]) throws {
        guard let mark = text.firstIndex(of: "="), mark != text.startIndex else {
            throw Failure(
                .wrongInput, code: "command.input", subject: "--input \(text)", reason: "it is not NAME=VALUE",
                remedy: "write the input's name, '=', and a .npy file or a number")
        }
        let name = String(text[..<mark])
        let value = String(text[text.index(after: mark)...])
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
