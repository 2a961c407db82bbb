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
        let key = try key(here: chosen)
        if let archive = known[key] { return archive }
        let archive = try await run(here: chosen)
        known[key] = archive
        return archive
    }

    /// Carries a variant out, again where it was before.
    func run(here chosen: Set<String>) async throws -> RecordArchive {
        try await question(here: chosen).run(in: variantContext(here: chosen))
    }

    /// How far a variant lies from the record.
    mutating func observation(here chosen: Set<String>) async throws -> ReplayObservation {
        observation(try await archive(here: chosen), against: scene.recorded.archive)
    }

    func observation(_ archive: RecordArchive, against reference: RecordArchive) -> ReplayObservation {
        ReplayObservation(archive, against: reference)
    }

    /// What is asked in a variant.
    func question(here chosen: Set<String>) throws(StudyError) -> any ReplayableStudy {
        try scene.recorded.question(scene.spec(here: chosen))
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
    func key(here chosen: Set<String>) throws -> String {
        let tree = scene.spec(here: chosen)
        let lock = try JSONCoding.canonical(scene.lock(here: chosen))
        let models = try question(here: chosen).models.map { reference in
            (scene.model(reference, here: chosen)?.digest.hex) ?? reference
        }
        return ([tree.canonical, lock] + models).joined(separator: "\n")
    }
}
