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
        let (archive, findings) = try await bench.conformance(conformanceSpec(), lists: lists ?? "Conformance")
        line.finish()
        if let writeLists { try write(findings, to: writeLists) }
        // Of all cases a terminal shows the counts; of those that a filter chose, why they do not pass too.
        let long: Set = [Conformance.everyCase]
        try options.deliver(archive, hiding: filter == nil ? long.union([Conformance.reasons]) : long)
        if filter == nil, !options.json {
            print("Why cases do not pass: with --filter NAME here, with --html FILE for all")
        }
        if archive.exitStatus != .done { throw ExitCode(archive.exitStatus.rawValue) }
    }

    private func conformanceSpec() throws -> ConformanceSpec {
        var spec = ConformanceSpec()
        spec.filter = filter ?? ""
        if let stacks = try options.stacks() { spec.stacks = stacks.map(\.keepingDenormals) }
        options.setThreads(of: &spec.stacks)
        return spec
    }

    /// One list an engine, with the reasons of the list so far.
    private func write(_ findings: Conformance.Findings, to folder: String) throws {
        guard !findings.isPartial else { return }
        var lists = EngineLists(folder: folder)
        for stack in findings.stacks {
            guard stack.outcome == .completed, let name = stack.identity?.name else { continue }
            let former = ConformanceList(engine: name, in: folder)
            guard let list = ConformanceList(stack, keepingReasonsOf: former) else { continue }
            try lists.write(list.text, of: name, to: ConformanceList.fileName(engine: name))
        }
    }
}
