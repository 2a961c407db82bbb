import Foundation
import Graphs
import Records
import Specs

/// Finds the models of a record: the files that are here under their names, and the recorded bytes.
struct ReplayModels: Sendable {
    let asked: ReplaySpec
    let recorded: RecordedStudy
    let context: StudyContext
    let sources: ReplaySources

    /// One model of the record.
    struct Found: Sendable {
        let reference: String
        let recorded: Ingredient
        let here: ResolvedModel
        /// The file with the recorded bytes; `nil` where it is not on this machine.
        let there: ResolvedModel?
    }

    /// All models, in the order of the spec.
    ///
    /// - Throws: `StudyError` when a model is neither here nor kept.
    func find() throws -> [Found] {
        let ingredients = recorded.record.ingredients.filter { $0.role == .model }
        try checkNames(ingredients)
        guard ingredients.count >= recorded.question.models.count else {
            throw StudyError(
                .cannotReplay, subject: "record \(recorded.record.id)",
                reason: "it lists \(ingredients.count) model files for \(recorded.question.models.count) models",
                remedy: "run its study again")
        }
        return try zip(recorded.question.models, ingredients).map { reference, ingredient in
            let kept = keptFile(ingredient, reference: reference)
            let here = try replacement(of: ingredient, reference) ?? present(reference, kept: kept, ingredient)
            return Found(
                reference: reference, recorded: ingredient, here: named(here, ingredient),
                there: here.digest == ingredient.digest ? named(here, ingredient) : kept)
        }
    }

    /// The model that is here under the reference, else the recorded bytes.
    private func present(_ reference: String, kept: ResolvedModel?, _ ingredient: Ingredient) throws -> ResolvedModel {
        do { return try context.model(reference) } catch {
            guard let kept else {
                throw StudyError(
                    .unknownModel, subject: "model '\(ingredient.name)'",
                    reason: "'\(reference)' is not here (\((error as? StudyError)?.reason ?? "\(error)")), and no file "
                        + "with the recorded SHA-256 \(ingredient.digest.short)… is kept on this machine",
                    remedy: "name the folder that it lies in with --folder, or a file with --find or --model")
            }
            return kept
        }
    }

    private func replacement(of ingredient: Ingredient, _ reference: String) throws -> ResolvedModel? {
        guard
            let given = asked.models.last(where: {
                $0.name.isEmpty || $0.name == ingredient.name || $0.name == reference
            })
        else { return nil }
        return try context.model(given.value)
    }

    private func checkNames(_ ingredients: [Ingredient]) throws(StudyError) {
        for model in asked.models {
            let isKnown =
                model.name.isEmpty
                ? ingredients.count == 1
                : ingredients.contains { $0.name == model.name }
                    || recorded.question.models.contains(model.name)
            guard isKnown else {
                throw StudyError(
                    .cannotReplay, subject: "--model \(model.name.isEmpty ? model.value : model.name)",
                    reason: "the record has the models \(ingredients.map(\.name).joined(separator: ", "))",
                    remedy: "write --model NAME=FILE with one of these names")
            }
        }
    }

    /// A file with the recorded bytes: under the record's own reference, where the user says, or where Assay keeps models.
    private func keptFile(_ ingredient: Ingredient, reference: String) -> ResolvedModel? {
        if let model = try? context.model(reference), model.digest == ingredient.digest {
            return named(model, ingredient)
        }
        let paths = asked.find.flatMap { path -> [String] in
            let inner = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
            return inner.isEmpty ? [path] : inner.filter { $0.hasSuffix(".onnx") }.sorted().map { path + "/" + $0 }
        }
        let found =
            paths.first { (try? SHA256.digest(ofFile: $0)) == ingredient.digest } ?? sources.stored(ingredient.digest)
        return found.map { path in
            ResolvedModel(
                name: ingredient.name, path: path, digest: ingredient.digest, bytes: ingredient.bytes ?? 0,
                version: ingredient.version, origin: ingredient.origin, licence: ingredient.licence)
        }
    }

    private func named(_ model: ResolvedModel, _ ingredient: Ingredient) -> ResolvedModel {
        var model = model
        model.name = ingredient.name
        return model
    }
}
