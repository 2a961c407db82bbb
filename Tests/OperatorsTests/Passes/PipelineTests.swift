import Graphs
import Operators
import Testing

/// What passes leave known for each other changes nothing of what they find.
@Suite struct PipelineTests {
    /// Applies passes one by one, each of them to a model of which nothing is known.
    private func rewritten(_ model: Model, _ passes: [any Pass], rounds: Int) -> (model: Model, rewrites: [String]) {
        var current = model
        var found: [String] = []
        for round in 1...rounds {
            let before = found.count
            for pass in passes {
                var next = current
                let rewrites = pass.apply(to: &next, PassContext())
                guard rewrites > 0, next.problems(limit: 1).isEmpty else { continue }
                found.append("\(round) \(pass.name) \(rewrites)")
                current = next
            }
            if found.count == before { break }
        }
        return (current, found)
    }

    @Test func whatIsKnownIsTrueOfEachModel() {
        let passes = PassCatalogue.standard.passes
        var changed = 0
        for seed in 1...80 as ClosedRange<UInt64> {
            let model = RandomGraph(seed: seed).model
            let expected = rewritten(model, passes, rounds: 16)
            let result = PassPipeline().run(model)
            #expect(result.model == expected.model, "seed \(seed)")
            let found = result.reports.map { "\($0.round) \($0.pass) \($0.rewrites)" }
            #expect(found == expected.rewrites, "seed \(seed)")
            changed += expected.rewrites.count > 1 ? 1 : 0
        }
        #expect(changed > 40, "\(changed) of 80 graphs were changed by several passes")
    }
}
