import Foundation
import Operators

/// What a soak found, as it is printed.
struct SoakSummary: Encodable {
    var models: Int
    var pipelines: Int
    var results: Int
    var invalid: Int
    var failing: Int
    var differing: Int
    var interface: Int
    var endless: Int
    /// All findings together.
    var findings: Int
    var largestDifference: Double
    var nodesBefore: Int
    var nodesAfter: Int
    var rewrites: [String: Int]
    var seconds: Double
    var lines: [String]

    init(_ tally: PassSoak.Tally, seconds: Double) {
        func count(_ kind: PassSoak.Finding.Kind) -> Int { tally.findings.count { $0.kind == kind } }
        models = tally.models
        pipelines = tally.pipelines
        results = tally.results
        invalid = count(.invalid)
        failing = count(.failing)
        differing = count(.differing)
        interface = count(.interface)
        endless = count(.endless)
        findings = tally.findings.count
        largestDifference = tally.largestDifference
        nodesBefore = tally.nodesBefore
        nodesAfter = tally.nodesAfter
        rewrites = tally.rewrites
        self.seconds = seconds
        lines = tally.findings.prefix(100).map(Self.line)
    }

    static func line(_ finding: PassSoak.Finding) -> String {
        "\(finding.model), \(finding.kind.rawValue): \(finding.reason) [\(finding.passes.joined(separator: ","))]"
    }

    var text: String {
        var lines = [
            "\(models) models, \(pipelines) pipelines, \(results) different results compared, "
                + "\(String(format: "%.0f", seconds)) s",
            "nodes \(nodesBefore) before, \(nodesAfter) after all passes",
            "findings: \(invalid) invalid, \(failing) failing, \(differing) differing, \(interface) with another "
                + "interface, \(endless) without end; largest difference \(largestDifference)",
        ]
        for (pass, count) in rewrites.sorted(by: { $0.key < $1.key }) { lines.append("  \(pass): \(count) rewritten") }
        return (lines + self.lines).joined(separator: "\n")
    }
}
