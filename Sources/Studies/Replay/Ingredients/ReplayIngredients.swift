import Engines
import Records

/// Lists what went into a record and how each of it is here: model bytes, engine builds, values of the spec, the machine.
struct ReplayIngredients: Sendable {
    let recorded: RecordedStudy
    let models: [ReplayModels.Found]
    let thereSpec: JSONValue
    let hereSpec: JSONValue
    /// The builds here, by stack; `nil` for an engine that needs none.
    let hereBuilds: [StackBuild?]
    /// Why the recorded builds cannot be had; `nil` when they can.
    let lostBuilds: String?
    let context: StudyContext

    var all: [ReplayIngredient] {
        [model, engine].compactMap(\.self) + values + machine
    }

    // MARK: - Models

    private var model: ReplayIngredient? {
        guard !models.isEmpty else { return nil }
        let differing = models.filter { $0.here.digest != $0.recorded.digest }
        let swap: ReplayIngredient.Swap =
            if let lost = differing.first(where: { $0.there == nil }) {
                .impossible("no file with the recorded bytes of '\(lost.recorded.name)' is on this machine")
            } else {
                .models(Set(differing.map(\.reference)))
            }
        let shown = differing.isEmpty ? models : differing
        return ReplayIngredient(
            name: "model",
            recorded: shown.map { Self.words($0.recorded.name, $0.recorded.digest) }.joined(separator: ", "),
            here: shown.map { Self.words($0.here.name, $0.here.digest) }.joined(separator: ", "),
            state: differing.isEmpty ? .same : .differs, swap: swap,
            detail: differing.map { found in
                ModelDifference(
                    here: found.here, there: found.there, name: found.recorded.name, record: recorded.record
                ).description
            }.filter { !$0.isEmpty }.joined(separator: "; "))
    }

    private static func words(_ name: String, _ digest: Digest) -> String { "\(name) \(digest.short)…" }

    // MARK: - Engines

    private var engine: ReplayIngredient? {
        let old = recorded.question.stacks.map { recorded.lock.build(for: $0) }
        let pairs = zip(old, hereBuilds).filter { $0 != $1 }
        let changes = changes.filter { kind.ingredient(of: $0.path) == "engine" }
        let isSame = pairs.isEmpty && changes.isEmpty
        let shown = isSame ? Array(zip(old, hereBuilds)) : Array(pairs)
        guard !shown.isEmpty || !changes.isEmpty else { return nil }
        return ReplayIngredient(
            name: "engine", recorded: Self.words(shown.map(\.0)), here: Self.words(shown.map(\.1)),
            state: isSame ? .same : .differs, swap: lostBuilds.map { .impossible($0) } ?? .engines(changes))
    }

    private static func words(_ builds: [StackBuild?]) -> String {
        builds.map { build in build.map { "\($0.engine) \($0.version)" } ?? "no library" }.joined(separator: ", ")
    }

    // MARK: - Values of the spec

    private var kind: any ReplayableStudy.Type { type(of: recorded.question) }

    private var changes: [SpecChange] { SpecChange.all(from: thereSpec, to: hereSpec) }

    private var values: [ReplayIngredient] {
        let others = changes.map { (name: kind.ingredient(of: $0.path), change: $0) }.filter { $0.name != "engine" }
        var names: [String] = []
        for (name, _) in others where !names.contains(name) { names.append(name) }
        let differing = names.map { name in
            let own = others.filter { $0.name == name }.map(\.change)
            return ReplayIngredient(
                name: name == "model" ? "model.choice" : name, recorded: Self.words(own.map(\.recorded)),
                here: Self.words(own.map(\.here)), state: .differs, swap: .spec(own),
                detail: own.count == 1 ? own[0].path.description : "\(own.count) places, as \(own[0].path)",
                reachesEngine: own.contains { !kind.isIdle($0.path) })
        }
        return differing + sameThreads(names)
    }

    /// Threads are listed even where they are the same: readers look for them.
    private func sameThreads(_ names: [String]) -> [ReplayIngredient] {
        guard !names.contains("threads") else { return [] }
        let threads = Self.words(recorded.question.stacks.map { .integer(Int64($0.options.threads)) })
        return [ReplayIngredient(name: "threads", recorded: threads, here: threads, state: .same, swap: .spec([]))]
    }

    private static func words(_ values: [JSONValue?]) -> String {
        var seen: [String] = []
        for value in values {
            let text = value.map { $0.string ?? $0.canonical } ?? "none"
            if !seen.contains(text) { seen.append(text) }
        }
        return seen.map { $0.count > 60 ? $0.prefix(57) + "…" : $0 }.joined(separator: ", ")
    }

    // MARK: - The machine

    private var machine: [ReplayIngredient] {
        let (old, new) = (recorded.record.machine, context.machine)
        return [
            fixed("processor", old.processor, new.processor, "a replay has the processor that it has"),
            fixed(
                "instructions", Self.list(old.features), Self.list(new.features),
                "a replay has the processor that it has"),
            fixed("cores", String(old.logicalCores), String(new.logicalCores), "a replay has the cores that it has"),
            fixed("system", old.operatingSystem, new.operatingSystem, "a replay has the system that it has"),
            fixed("kernel", old.kernel, new.kernel, "a replay has the kernel that it has"),
            fixed("assay", recorded.record.tool, context.tool, "a replay is carried out by this version"),
        ] + accelerators(old, new)
    }

    /// Nothing where neither machine has any.
    private func accelerators(_ old: Machine, _ new: Machine) -> [ReplayIngredient] {
        guard !old.accelerators.isEmpty || !new.accelerators.isEmpty else { return [] }
        let (before, now) = (Self.names(old), Self.names(new))
        return [fixed("accelerators", before, now, "a replay has the accelerators that it has")]
    }

    private static func names(_ machine: Machine) -> String {
        machine.accelerators.isEmpty ? "none" : machine.accelerators.map(\.identity).joined(separator: "; ")
    }

    private static func list(_ features: [String]) -> String { features.sorted().joined(separator: " ") }

    private func fixed(_ name: String, _ old: String, _ new: String, _ obstacle: String) -> ReplayIngredient {
        let state: ReplayIngredient.State = old.isEmpty || new.isEmpty ? .unknown : old == new ? .same : .differs
        return ReplayIngredient(name: name, recorded: old, here: new, state: state, swap: .impossible(obstacle))
    }
}
