import Assets
import Engines
import Graphs
import Records
import Tensors

/// Starts fresh workers, an engine and a model each: load time, time to the first answer, peak memory, and the outputs,
/// which are compared with those of the reference engine.
struct FreshPass: Sendable {
    let spec: BenchSpec
    let stacks: [PreparedStack]
    let context: StudyContext

    /// What fresh workers of one engine did with one model.
    struct Entry: Sendable {
        let title: String
        /// Preparing the model and making its session, in nanoseconds, one number a worker.
        var loads: [Int64] = []
        /// The same with the first run, which does what an engine put off.
        var firsts: [Int64] = []
        /// Peak resident memory in bytes after the first run, one number a worker.
        var peaks: [Int64] = []
        /// The outputs of the first worker, one list an input.
        var outputs: [[NamedTensor]] = []
        /// Workers whose outputs have other bits than those of the first one.
        var otherBits = 0
        var outcome = Outcome.State.completed
        var log = ""
    }

    /// One model at one batch, on every engine.
    struct Report: Sendable {
        let variant: BenchVariant
        var entries: [Entry]
    }

    /// Starts `count` workers of each engine, in turns.
    func run(_ variant: BenchVariant, count: Int) async -> Report {
        var report = Report(variant: variant, entries: stacks.map { Entry(title: $0.title) })
        var turns = SeededTurns(seed: spec.seed)
        for _ in 0..<count where !Task.isCancelled {
            for index in turns.next(Array(stacks.indices)) where report.entries[index].outcome == .completed {
                do throws(WorkerError) {
                    try await visit(index, &report)
                } catch {
                    report.entries[index].outcome = Outcome.State(error)
                    report.entries[index].log = error.log
                    context.progress.report(
                        .warned("\(variant.file.name), batch \(variant.batch), on \(stacks[index].title): \(error)"))
                }
            }
        }
        return report
    }

    private func visit(_ index: Int, _ report: inout Report) async throws(WorkerError) {
        let seat = try await StackSeat.start(
            stacks[index], index: index, model: report.variant.file, limits: spec.limits, launcher: context.launcher)
        defer { seat.client.kill() }
        let result = try await seat.client.run(
            seat.loaded, seat.ordered(report.variant.inputs), limit: spec.limits.run)
        let status = try await seat.client.status()
        let load = Int64(seat.loaded.loadTime / .nanoseconds(1))
        report.entries[index].loads.append(load)
        report.entries[index].firsts.append(load + Int64(result.duration / .nanoseconds(1)))
        report.entries[index].peaks.append(Int64(status.peakMemory))
        if let first = report.entries[index].outputs.first {
            if result.outputs != first.map(\.tensor) { report.entries[index].otherBits += 1 }
            return
        }
        var all = [result.outputs]
        for inputs in report.variant.furtherInputs {
            all.append(try await seat.client.run(seat.loaded, seat.ordered(inputs), limit: spec.limits.run).outputs)
        }
        report.entries[index].outputs = all.map { outputs in
            zip(seat.loaded.outputs, outputs).map { NamedTensor(name: $0.name, tensor: $1) }
        }
    }
}
