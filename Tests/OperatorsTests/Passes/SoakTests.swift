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
        for pass in PassCatalogue.standard.passes where tally.rewrites[pass.name] == nil {
            Issue.record("no graph gave \(pass.name) anything to do")
        }
    }
}
