import ArgumentParser
import Assay
import Engines
import Records
import Studies

extension EnginesCommand {
    /// Runs the node cases of the standard and shows what came of them.
    func runConformance() async throws {
        let line = ProgressLine(isQuiet: options.quiet)
        let bench = try Workbench(isOffline: options.offline, progress: line.progress)
        let (archive, findings) = try await bench.conformance(conformanceSpec(), lists: lists)
        line.finish()
        if let writeLists { try write(findings, to: writeLists) }
        try options.deliver(archive, hiding: [Conformance.everyCase])
        if archive.exitStatus != .done { throw ExitCode(archive.exitStatus.rawValue) }
    }

    private func conformanceSpec() throws -> ConformanceSpec {
        var spec = ConformanceSpec()
        spec.filter = filter ?? ""
        if let stacks = try options.stacks() { spec.stacks = stacks.map(\.keepingDenormals) }
        if let threads = options.threads {
            for index in spec.stacks.indices { spec.stacks[index].options.threads = threads }
        }
        return spec
    }

    /// One list an engine, with the reasons of the list so far; two versions of one engine cannot share it.
    private func write(_ findings: Conformance.Findings, to folder: String) throws {
        guard !findings.isPartial else { return }
        var written: Set<String> = []
        for stack in findings.stacks {
            guard stack.outcome == .completed, let name = stack.identity?.name else { continue }
            let former = ConformanceList(engine: name, in: folder)
            guard let list = ConformanceList(stack, keepingReasonsOf: former) else { continue }
            guard written.insert(name).inserted else {
                throw Failure(
                    .wrongInput, code: "command.lists", subject: "--write-lists",
                    reason: "two stacks of \(name) would write the same list", remedy: "name each engine once")
            }
            try StudyOptions.write(list.text, to: "\(folder)/\(ConformanceList.fileName(engine: name))")
        }
    }
}
