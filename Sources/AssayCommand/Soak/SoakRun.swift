import ArgumentParser
import Assay
import Assets
import Engines
import Foundation
import Graphs
import Operators
import Records
import Reports
import Studies

/// A soak of the passes: on random graphs in this process, on models of the zoo in a worker.
struct SoakRun {
    private let options: SoakOptions
    private let common: StudyOptions
    private let soak: PassSoak
    private let seed: UInt64

    init(_ options: SoakOptions, _ common: StudyOptions) {
        self.options = options
        self.common = common
        soak = PassSoak(orders: options.orders ?? 20)
        seed = UInt64(common.seed ?? 1)
    }

    func run() async throws {
        let line = ProgressLine(isQuiet: common.quiet)
        let started = ContinuousClock.now
        let tally: PassSoak.Tally
        if let count = options.soak {
            tally = try await graphs(UInt64(count), line.progress)
        } else {
            tally = try await models(line.progress)
        }
        line.finish()
        let summary = SoakSummary(tally, seconds: (ContinuousClock.now - started) / .seconds(1))
        if common.json {
            print(try JSONCoding.value(of: summary).pretty)
        } else {
            print(summary.text)
        }
        if Task.isCancelled { throw ExitCode(ExitStatus.interrupted.rawValue) }
        if !tally.findings.isEmpty { throw ExitCode(ExitStatus.failed.rawValue) }
    }

    /// Random graphs, so many at a time as the machine has processors.
    private func graphs(_ count: UInt64, _ progress: StudyProgress) async throws -> PassSoak.Tally {
        progress.report(.began("\(count) random graphs from seed \(seed)"))
        let chunk: UInt64 = 25
        var tally = PassSoak.Tally()
        let (soak, seed, folder) = (soak, seed, options.write)
        if let folder { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }
        try await withThrowingTaskGroup(of: PassSoak.Tally.self) { group in
            var next: UInt64 = 0
            func addChunk() {
                guard next < count else { return }
                let seeds = seed + next..<seed + min(next + chunk, count)
                next += chunk
                group.addTask {
                    var tally = PassSoak.Tally()
                    for seed in seeds {
                        tally.add(soak.run(seed: seed))
                        if let folder { try RandomGraph(seed: seed).write(to: folder) }
                    }
                    return tally
                }
            }
            for _ in 0..<ProcessInfo.processInfo.activeProcessorCount { addChunk() }
            for try await part in group {
                tally.add(part)
                progress.report(.advanced(done: tally.models, of: Int(count)))
                addChunk()
            }
        }
        return tally
    }

    private func models(_ progress: StudyProgress) async throws -> PassSoak.Tally {
        let bench = try Workbench(isOffline: common.offline, progress: progress)
        let context = bench.context(folder: ".")
        let request = try common.stacks()?.first ?? StackRequest("native")
        let stack = try context.stack(request)
        let names = try options.models() ?? []
        let chosen = names == ["all"] ? ModelZoo.entries.map(\.title) : names
        var tally = PassSoak.Tally()
        for name in chosen where !Task.isCancelled {
            progress.report(.began("\(name) on \(stack.title)"))
            let part = try await ModelSoak(context, soak, on: stack).run(
                try context.model(name), shapes: SoakInputs.shapes(name), tensors: SoakInputs.tensors(name, seed: seed),
                seed: Int(seed))
            for finding in part.findings { progress.report(.warned(SoakSummary.line(finding))) }
            tally.add(part)
        }
        return tally
    }
}
