import Engines
import Records
import Specs

/// Carries variants of a record out: some candidates as they are here, the rest as recorded.
///
/// What asks an engine for the same thing is run once.
struct ReplayRuns: Sendable {
    let scene: ReplayScene
    let context: StudyContext
    let sources: ReplaySources
    private var known: [String: RecordArchive] = [:]

    init(_ scene: ReplayScene, context: StudyContext, sources: ReplaySources) {
        self.scene = scene
        self.context = context
        self.sources = sources
    }

    /// The record of a variant.
    mutating func archive(here chosen: Set<String>) async throws -> RecordArchive {
        let key = try question(here: chosen)
        if let archive = known[key] { return archive }
        let archive = try await run(here: chosen)
        known[key] = archive
        return archive
    }

    /// Carries a variant out, again where it was before.
    func run(here chosen: Set<String>) async throws -> RecordArchive {
        var spec = try evaluation(here: chosen)
        spec.measure.enabled = false
        return try await Evaluate(variantContext(here: chosen)).run(spec, effective: EvaluateSpec.spec.effective(spec))
    }

    /// How far a variant lies from the record.
    mutating func observation(here chosen: Set<String>) async throws -> ReplayObservation {
        observation(try await archive(here: chosen), against: scene.recorded.archive)
    }

    func observation(_ archive: RecordArchive, against reference: RecordArchive) -> ReplayObservation {
        let spec = scene.recorded.spec
        return ReplayObservation(archive, against: reference, models: spec.models.count, stacks: spec.stacks.count)
    }

    /// The spec of a variant.
    func evaluation(here chosen: Set<String>) throws(StudyError) -> EvaluateSpec {
        try RecordedEvaluation.spec(
            scene.spec(here: chosen), subject: "record \(scene.recorded.record.id) with what is changed")
    }

    /// What a study works with when some candidates are as they are here.
    func variantContext(here chosen: Set<String>) -> StudyContext {
        var variant = context
        let (scene, sources, context) = (scene, sources, context)
        let lock = scene.lock(here: chosen)
        variant.model = { reference in try scene.model(reference, here: chosen) ?? context.model(reference) }
        variant.stack = { request in try sources.stack(request, lock) }
        variant.progress = .silent
        return variant
    }

    /// Everything that an engine and its inputs depend on: two variants of one question give one answer.
    private func question(here chosen: Set<String>) throws -> String {
        var tree = scene.spec(here: chosen)
        for key in ["title", "tolerance", "limits", "measure"] { tree[key] = nil }
        let lock = try JSONCoding.canonical(scene.lock(here: chosen))
        let models = try evaluation(here: chosen).models.map { spec in
            (scene.model(spec.model, here: chosen)?.digest.hex) ?? spec.model
        }
        return ([tree.canonical, lock] + models).joined(separator: "\n")
    }
}
