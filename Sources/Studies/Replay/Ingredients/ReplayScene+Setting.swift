import Engines
import Records
import Specs

extension ReplayScene {
    /// Finds out what of a record can be had here, and what differs.
    ///
    /// - Throws: `StudyError` when a model is nowhere or a change has no place; `AssetError` when an engine cannot be had at
    ///   all.
    static func set(
        _ recorded: RecordedStudy, asked: ReplaySpec, context: StudyContext, sources: ReplaySources
    ) throws -> ReplayScene {
        let spec = recorded.record.spec
        let hereSpec = try ReplayEdits(asked: asked, kind: type(of: recorded.question)).apply(to: spec)
        let changed = try recorded.question(hereSpec)
        guard changed.extent == recorded.question.extent else {
            throw StudyError(
                .cannotReplay, subject: "--set", reason: "it changes the number of models, stacks or sides",
                remedy: "change values of those that the record has")
        }
        let models = try ReplayModels(asked: asked, recorded: recorded, context: context, sources: sources).find()
        let lost = lostBuilds(recorded, sources)
        let thereLock = lost == nil ? recorded.lock : StackLock()
        let hereLock = asked.fresh ? StackLock() : thereLock
        let builds = try changed.stacks.map { try sources.stack($0, hereLock).build }
        // The form in which specs are compared is the one that this version writes.
        let thereSpec = try recorded.question.effective()
        let changedSpec = try changed.effective()
        let ingredients = ReplayIngredients(
            recorded: recorded, models: models, thereSpec: thereSpec, hereSpec: changedSpec, hereBuilds: builds,
            lostBuilds: lost, context: context)
        return ReplayScene(
            recorded: recorded, thereSpec: thereSpec, hereSpec: changedSpec, thereLock: thereLock, hereLock: hereLock,
            thereModels: Dictionary(models.map { ($0.reference, $0.there ?? $0.here) }) { first, _ in first },
            hereModels: Dictionary(models.map { ($0.reference, $0.here) }) { first, _ in first },
            ingredients: ingredients.all)
    }

    /// Why a recorded build cannot be had here; `nil` when all can.
    private static func lostBuilds(_ recorded: RecordedStudy, _ sources: ReplaySources) -> String? {
        for request in recorded.question.stacks {
            guard let build = recorded.lock.build(for: request) else { continue }
            do {
                guard try sources.stack(request, recorded.lock).build != build else { continue }
                return "\(build.engine) \(build.version) is for \(build.platform), and this is "
                    + StackBuild.currentPlatform
            } catch {
                return "\(build.engine) \(build.version) cannot be had: \(error)"
            }
        }
        return nil
    }
}
