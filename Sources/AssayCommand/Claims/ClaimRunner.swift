import Specs
import Assets
import Engines
import Foundation
import Records

/// Measures claims again: each distinct command runs once, and what it printed is kept until the program changes, so that
/// an interrupted run goes on where it stopped.
struct ClaimRunner {
    let folder: String
    let cache: String
    let fingerprint: String
    let runner: any CommandRunner
    let note: (String) -> Void

    init(folder: String, runner: any CommandRunner = ProcessRunner(), note: @escaping (String) -> Void) {
        self.folder = folder
        self.runner = runner
        self.note = note
        cache = ".build/claims"
        fingerprint = BuildHash.ofRunningExecutable()
    }

    /// The claims whose names begin with a prefix, by name.
    func claims(startingWith prefix: String) throws -> [Claim] {
        let files = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter {
            $0.hasSuffix(".yaml") && $0.hasPrefix(prefix)
        }.sorted()
        guard !files.isEmpty else {
            throw Failure(
                .wrongInput, code: "claim.none", subject: folder,
                reason: FileManager.default.fileExists(atPath: folder)
                    ? "it holds no claim whose name starts with '\(prefix)'" : "there is no such folder",
                remedy: "run it in the project's folder, or name the folder of claims with --folder")
        }
        return try files.map { file in
            let claim = try Claim.spec.decode(contentsOf: folder + "/" + file).value
            guard claim.name + ".yaml" == file else {
                throw Failure(
                    .wrongInput, code: "claim.name", subject: file, reason: "the claim in it is named '\(claim.name)'",
                    remedy: "give both one name")
            }
            return claim
        }
    }

    /// Measures one claim.
    func measure(_ claim: Claim) throws -> ClaimResult {
        try ClaimResult(claim, output: try output(of: claim))
    }

    private func output(of claim: Claim) throws -> JSONValue {
        let key = SHA256.digest(of: claim.command + "\n" + fingerprint).hex
        let path = cache + "/" + key + ".json"
        if let bytes = FileManager.default.contents(atPath: path) {
            let kept = try JSONCoding.parse(bytes, subject: path)
            // Another claim may allow the same command another end.
            if let status = kept["status"]?.int, claim.statuses.contains(status), let output = kept["output"] {
                return output
            }
        }
        note("\(claim.name): running \(claim.command) (about \(claim.minutes.formatted()) min)")
        try FileManager.default.createDirectory(atPath: cache, withIntermediateDirectories: true)
        let result = try runner.run(Command("bash", ["-c", claim.command]))
        let value = try? JSONCoding.parse(result.output, subject: claim.name)
        guard claim.statuses.contains(result.status), let value else {
            throw Failure(
                .failed, code: "claim.command", subject: claim.name,
                reason: Self.reason(result, hasOutput: value != nil),
                remedy: "run it by hand: \(claim.command)")
        }
        let kept: JSONValue = ["status": .integer(Int64(result.status)), "output": value]
        try Data(kept.canonical.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        return value
    }

    /// Why what a command printed is not taken: after another end its figures may be of half a run.
    private static func reason(_ result: CommandResult, hasOutput: Bool) -> String {
        "its command ended with status \(result.status)\(hasOutput ? "" : " and printed no JSON"): "
            + result.errors.suffix(400)
    }
}
