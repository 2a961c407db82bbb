import Foundation
import Graphs
import Operators
import Tensors
import Testing

@Suite struct SoakTests {
    private static let environment = ProcessInfo.processInfo.environment
    /// `ASSAY_SOAK_SEEDS=1000-1999` tries other graphs.
    private static let seeds: ClosedRange<UInt64> = {
        let parts = (environment["ASSAY_SOAK_SEEDS"] ?? "1-300").split(separator: "-").compactMap { UInt64($0) }
        return parts.count == 2 && parts[0] <= parts[1] ? parts[0]...parts[1] : 1...300
    }()

    /// Takes one function for another, as a careless pass might.
    private struct WrongPass: Pass {
        let name = "wrong"
        let summary = "take Abs for Relu"

        func apply(to model: inout Model, _ context: PassContext) -> Int {
            let places = model.graph.nodes.indices.filter { model.graph.nodes[$0].operatorType == "Relu" }
            for place in places { model.graph.nodes[place].operatorType = "Abs" }
            return places.count
        }
    }

    /// Leaves a name undefined.
    private struct BreakingPass: Pass {
        let name = "breaking"
        let summary = "drop the first node"

        func apply(to model: inout Model, _ context: PassContext) -> Int {
            guard model.graph.nodes.count > 1 else { return 0 }
            model.graph.nodes.removeFirst()
            return 1
        }
    }

    @Test func aWrongPassIsFound() {
        var tally = PassSoak.Tally()
        for seed in 1...40 as ClosedRange<UInt64> {
            tally.add(PassSoak(passes: [WrongPass()], orders: 1).run(seed: seed))
        }
        #expect(tally.findings.contains { $0.kind == .differing && $0.passes == ["wrong"] })
        let broken = PassSoak(passes: [BreakingPass()], orders: 0).run(seed: 3)
        #expect(broken.findings.contains { $0.kind == .invalid })
    }

    @Test func theSameSeedGivesTheSameGraph() {
        let graphs = (1...20 as ClosedRange<UInt64>).map { (RandomGraph(seed: $0), RandomGraph(seed: $0)) }
        #expect(graphs.allSatisfy { $0.0.model == $0.1.model && $0.0.inputs == $0.1.inputs })
        #expect(Set(graphs.map(\.0.model)).count == graphs.count)
    }

    @Test func randomGraphsCoverTheCatalogue() {
        var types: Set<String> = []
        for seed in 1...120 as ClosedRange<UInt64> {
            types.formUnion(RandomGraph(seed: seed).model.graph.nodes.map(\.operatorType))
        }
        #expect(types.count > 90, "\(types.count) operators in 120 graphs")
    }

    @Test func randomGraphsKeepTheirOutputs() {
        let soak = PassSoak(orders: 20)
        var tally = PassSoak.Tally()
        for seed in Self.seeds { tally.add(soak.run(seed: seed)) }
        print("soak of seeds \(Self.seeds): \(tally.results) results, largest difference \(tally.largestDifference)")
        print("nodes \(tally.nodesBefore) → \(tally.nodesAfter)")
        for (pass, count) in tally.rewrites.sorted(by: { $0.key < $1.key }) { print("  \(pass): \(count)") }
        for finding in tally.findings.prefix(20) {
            Issue.record(
                "\(finding.model), \(finding.passes.joined(separator: ",")): \(finding.kind) \(finding.reason)")
        }
        #expect(tally.findings.isEmpty, "\(tally.findings.count) findings")
        // Few graphs need not hold every pattern.
        guard Self.seeds.count >= 300 else { return }
        for pass in PassCatalogue.standard.passes where tally.rewrites[pass.name] == nil {
            Issue.record("no graph gave \(pass.name) anything to do")
        }
    }
}
