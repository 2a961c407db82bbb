import Assets
import Engines
import Records
import Tensors

/// Runs the cells one after the other: each in processes of its own, its outputs held against those of the reference.
struct StabilityPass: Sendable {
    let spec: StabilitySpec
    let samples: StabilitySamples
    let singles: [[NamedTensor]]
    let labelling: StabilityLabelling
    let context: StudyContext
    /// A folder for files of its own.
    let folder: String

    /// Outputs of a cell that others are held against.
    private struct Kept {
        let cell: Int
        let outputs: CellOutputs
    }

    /// Carries it out; a worker that fails is an outcome of its cell.
    ///
    /// - Throws: `StudyError` where outputs do not fit the task.
    func run(_ configurations: [StabilityConfiguration], into findings: inout StabilityFindings) async throws {
        var reference: Kept?
        var base: Kept?
        for (done, configuration) in configurations.enumerated() where !Task.isCancelled {
            context.progress.report(.began(configuration.title))
            var cell = StabilityCell(configuration, tolerance: spec.tolerance)
            let outputs = try await run(&cell)
            // What the user interrupts is no cell.
            guard !Task.isCancelled else { break }
            let place = findings.cells.count
            if let outputs, cell.isCompleted {
                cell.digests = outputs.digests
                cell.shared = outputs.shared
                if let kept = base, findings.cells[kept.cell].configuration.setting.stack == configuration.setting.stack
                {
                    let other = findings.cells[kept.cell]
                    let comparison = compare(outputs, kept.outputs)
                    cell.own = comparison
                    cell.ownKind = kind(comparison, cell, other)
                    cell.ownBase = other.title
                    cell.change = configuration.change(from: other.configuration) ?? ""
                    cell.changes = configuration.setting.axes(from: other.configuration.setting)?.count ?? 0
                } else {
                    base = Kept(cell: place, outputs: outputs)
                }
                if let kept = reference {
                    let comparison = compare(outputs, kept.outputs)
                    cell.comparison = comparison
                    cell.kind = kind(comparison, cell, findings.cells[kept.cell])
                } else {
                    reference = Kept(cell: place, outputs: outputs)
                    findings.reference = place
                }
            }
            findings.cells.append(cell)
            context.progress.report(.advanced(done: done + 1, of: configurations.count))
        }
    }

    private func compare(_ outputs: CellOutputs, _ reference: CellOutputs) -> CellComparison {
        CellComparison(
            outputs, reference: reference, samples: samples.all, tolerance: spec.tolerance, labelling)
    }

    private func kind(_ comparison: CellComparison, _ cell: StabilityCell, _ other: StabilityCell) -> DifferenceClass? {
        DifferenceClass(
            comparison, isDeterministic: cell.isDeterministic && other.isDeterministic, lastBits: spec.lastBits)
    }

    /// Runs one cell in all its processes; gives the outputs of the first runs, `nil` where it failed.
    private func run(_ cell: inout StabilityCell) async throws -> CellOutputs? {
        let variant = cell.configuration.variant
        var outputs: CellOutputs?
        for _ in 0..<spec.processes where !Task.isCancelled {
            do {
                let seat = try await StackSeat.start(
                    cell.configuration.stack, index: cell.configuration.setting.stack, model: variant.file,
                    limits: spec.limits, launcher: context.launcher)
                defer { seat.client.kill() }
                let runner = CellRunner(seat: seat, variant: variant, singles: singles, labelling: labelling)
                if let first = outputs {
                    let (again, times) = try await runner.run(limit: spec.limits.run)
                    cell.timing.add(early: times)
                    add(again, to: &cell.restarted, first)
                } else {
                    outputs = try await runFirst(runner, &cell)
                }
                await seat.client.shutdown()
            } catch let error as WorkerError {
                fail(&cell, error)
                return nil
            }
        }
        return outputs
    }

    /// All that the first process does: outputs that are kept, the same again, and times.
    private func runFirst(_ runner: CellRunner, _ cell: inout StabilityCell) async throws -> CellOutputs {
        cell.identity = runner.seat.opened.identity
        cell.options = runner.seat.loaded.effectiveOptions
        let (outputs, times) = try await runner.run(limit: spec.limits.run)
        cell.timing.add(early: times)
        for _ in 1..<max(spec.repeats, 1) where !Task.isCancelled {
            add(try await runner.run(limit: spec.limits.run).outputs, to: &cell.repeated, outputs)
        }
        try await TimingPass(duration: spec.duration, limit: spec.limits.run)
            .run(runner.ordered, on: runner.seat, into: &cell.timing)
        try await NoveltyPass(duration: spec.duration, limit: spec.limits.run, folder: folder)
            .run(runner, into: &cell.timing)
        await probe(runner.seat, &cell)
        return outputs
    }

    /// Asks for the arithmetic that the engine computes in; what it refuses of that says nothing of the cell.
    private func probe(_ seat: StackSeat, _ cell: inout StabilityCell) async {
        do {
            cell.kept = try await ArithmeticProbe.run(on: seat, folder: folder, limit: spec.limits.run)
        } catch {
            cell.probeObstacle = "a product of known bits cannot be run: \(error)"
        }
    }

    private func add(_ outputs: CellOutputs, to comparison: inout CellComparison, _ first: CellOutputs) {
        for place in 0..<min(outputs.samples.count, first.samples.count) {
            comparison.add(
                samples.all[place].name, at: place, outputs.samples[place], reference: first.samples[place])
        }
    }

    private func fail(_ cell: inout StabilityCell, _ error: WorkerError) {
        // What the user interrupts is no failure of the engine.
        if case .cancelled = error.failure { return }
        cell.outcome = Outcome.State(error)
        cell.log = error.log
        context.progress.report(.warned("\(cell.title): \(error)"))
    }
}
