import Tensors
import Assets
import Foundation
import Graphs
import Records

extension TaskSpec {
    /// The task for one model: reads the class names or characters that it needs.
    ///
    /// - Throws: `StudyError` when the model's metadata or a file lacks them, `AssetError` when a file cannot be read.
    func make(for model: Model, named name: String, resources: StepResources) throws -> any EvaluationTask {
        switch self {
        case .outputs: OutputsTask()
        case .embedding(let spec): EmbeddingTask(output: spec.output, mask: spec.mask)
        case .transcription(let spec):
            TranscriptionTask(
                characters: try Self.lines(of: spec.metadata, in: model, named: name) + (spec.space ? [" "] : []),
                isStrict: spec.strict, output: spec.output)
        case .classification(let spec):
            ClassificationTask(
                top: spec.top, classNames: try spec.classes.map { try $0.read(model, named: name, resources) } ?? [],
                accepted: spec.accept, output: spec.output)
        }
    }

    fileprivate static func lines(of key: String, in model: Model, named name: String) throws(StudyError) -> [String] {
        guard let text = model.metadata.first(where: { $0.key == key })?.value else {
            throw StudyError(
                .task, subject: name, reason: "its metadata has no '\(key)'",
                remedy: "its keys are \(model.metadata.map(\.key).joined(separator: ", "))")
        }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return lines.last == "" ? lines.dropLast() : lines
    }
}

extension TaskSpec.ClassNames {
    /// The names, by class.
    fileprivate func read(_ model: Model, named name: String, _ resources: StepResources) throws -> [String] {
        switch self {
        case .list(let names): return names
        case .metadata(let key): return try TaskSpec.lines(of: key, in: model, named: name)
        case .file(let file):
            let text = String(decoding: try resources.read(file).array, as: UTF8.self)
            return text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        case .json(let file, let key):
            let value = try JSONCoding.parse(Data(try resources.read(file).array), subject: file)
            guard let names = value[key]?.array?.compactMap(\.string), !names.isEmpty else {
                throw StudyError(.task, subject: file, reason: "it has no list of names under '\(key)'")
            }
            return names
        }
    }
}
