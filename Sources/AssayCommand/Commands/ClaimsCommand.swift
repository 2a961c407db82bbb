import ArgumentParser
import Foundation
import Records

/// `assay claims`: measures the published figures again.
struct ClaimsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "claims", abstract: "Measure the project's published figures again.",
        discussion: """
            Prints one JSON line a claim: {"claim","value","interval","target","holds"}. Progress goes to standard error.
            What a command printed is kept in .build/claims until the program changes; --fresh measures all anew.
            Exit code 1 when any claim does not hold.

            Examples:
              assay claims
              assay claims --only demo-
            """)

    @Option(help: "Only the claims whose names begin so.")
    var only = ""

    @Option(help: "The folder of claims.")
    var folder = "Claims"

    @Flag(help: "Measure everything anew.")
    var fresh = false

    func run() throws {
        let runner = ClaimRunner(folder: folder) { FileHandle.standardError.write(Data(($0 + "\n").utf8)) }
        if fresh { try? FileManager.default.removeItem(atPath: runner.cache) }
        var missed = 0
        for claim in try runner.claims(startingWith: only) {
            var line: [String: JSONValue] = ["claim": .string(claim.name), "target": .string(claim.target)]
            do {
                let result = try runner.measure(claim)
                let holds = result.holds(claim.bound)
                line["value"] = .number(result.value)
                line["interval"] = .array([.number(result.lower), .number(result.upper)])
                line["holds"] = .bool(holds)
                missed += holds ? 0 : 1
            } catch let failure as Failure {
                line["holds"] = false
                line["error"] = .string(failure.reason)
                missed += 1
            }
            print(JSONValue.object(line).canonical)
        }
        if missed > 0 { throw ExitCode(ExitStatus.failed.rawValue) }
    }
}
