import Engines
import Records

/// The two ends of a replay: everything as it was recorded, so far as it can be had, and everything as it is here.
struct ReplayScene: Sendable {
    let recorded: RecordedStudy
    /// The spec of the record.
    let thereSpec: JSONValue
    /// The spec with what is changed on purpose.
    let hereSpec: JSONValue
    /// Chooses the recorded builds, so far as they can be had.
    let thereLock: StackLock
    /// Chooses builds here.
    let hereLock: StackLock
    /// Models by their references, with the recorded bytes where they can be had.
    let thereModels: [String: ResolvedModel]
    /// Models by their references, as they are here.
    let hereModels: [String: ResolvedModel]
    /// All that was compared; those that differ and can be swapped are the candidates.
    var ingredients: [ReplayIngredient]

    /// What may explain a difference and can be put back.
    var candidates: [ReplayIngredient] { ingredients.filter(\.isCandidate) }

    /// The spec with some candidates as they are here, and the rest as recorded; what reaches no engine is always as here.
    func spec(here chosen: Set<String>) -> JSONValue {
        var tree = thereSpec
        for ingredient in candidates where chosen.contains(ingredient.name) || !ingredient.reachesEngine {
            switch ingredient.swap {
            case .spec(let changes), .engines(let changes):
                for change in changes { tree = tree.setting(change.here, at: change.path.parts) }
            case .models, .impossible: break
            }
        }
        return tree
    }

    /// The lock that chooses builds when some candidates are as they are here.
    func lock(here chosen: Set<String>) -> StackLock {
        let takesHere = candidates.contains { ingredient in
            if case .engines = ingredient.swap { chosen.contains(ingredient.name) } else { false }
        }
        return takesHere ? hereLock : thereLock
    }

    /// The model of a reference when some candidates are as they are here; `nil` for a reference that is not the record's.
    func model(_ reference: String, here chosen: Set<String>) -> ResolvedModel? {
        let takesHere = candidates.contains { ingredient in
            guard case .models(let references) = ingredient.swap else { return false }
            return references.contains(reference) && chosen.contains(ingredient.name)
        }
        return (takesHere ? hereModels : thereModels)[reference]
    }
}
