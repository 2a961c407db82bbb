import Assets
import Tensors

/// Finds the output that a task reads.
enum OutputSelection {
    static func tensor(_ outputs: [NamedTensor], named name: String?) throws(StudyError) -> Tensor {
        // Some exports list inner integer tensors first: scores and vectors are real.
        let real = outputs.first { $0.tensor.elementType.isFloatingPoint } ?? outputs.first
        let match = name.map { name in outputs.first { $0.name == name } } ?? real
        guard let match else {
            throw StudyError(
                .task, subject: "output '\(name ?? "")'", reason: "the model has no such output",
                remedy: "its outputs are \(outputs.map(\.name).joined(separator: ", "))")
        }
        return match.tensor
    }

    static func floats(_ outputs: [NamedTensor], named name: String?) throws(StudyError) -> [Float] {
        let tensor = try tensor(outputs, named: name)
        do { return try tensor.floats() } catch {
            throw StudyError(.task, subject: "output '\(name ?? "")'", reason: error.reason)
        }
    }
}
