import Specs
import Assets
import Engines
import Graphs
import Measurement
import Records
import Tensors

/// Evaluates one model on all stacks: load, predict, time, and let go.
struct ModelEvaluation: Sendable {
    let spec: EvaluateSpec
    let opened: OpenedModel
    let stacks: [PreparedStack]
    let data: OpenedData?
    let context: StudyContext

    /// The data set of a study, opened once for all models.
    struct OpenedData: Sendable {
        var set: any DataSet
        var indices: [Int]
        var policy: Loader.Policy
    }

    /// Carries it out.
    ///
    /// - Throws: `AssetError` or `StudyError` when the data or the spec is wrong; what an engine does is in the report
    ///   instead.
    func run() async throws -> ModelReport {
        let model = opened.model
        var report = ModelReport(
            model: model, task: opened.task,
            stacks: stacks.enumerated().map { StackReport(index: $0.offset, title: $0.element.title) })
        context.progress.report(.began(model.name))
        report.computed = opened.computed
        if let data, let pipeline = opened.pipeline {
            report.steps = StepEvidence(pipeline, data: data.set, indices: data.indices)
        }
        var seats = await startAll(model, into: &report)
        defer { for seat in seats { seat.client.kill() } }
        let first = try await predict(on: &seats, into: &report)
        if spec.measure.enabled, let first, !Task.isCancelled {
            let pass = LatencyPass(
                model: model.name, spec: spec.measure, seed: spec.seed, limit: spec.limits.run,
                progress: context.progress)
            await pass.run(first, on: &seats, into: &report)
        }
        for seat in seats { await finish(seat, into: &report) }
        if spec.measure.enabled, let first {
            let pass = RestartPass(
                model: model, stacks: stacks, spec: spec, launcher: context.launcher, progress: context.progress)
            report.contest = await pass.run(first, report)
            report.certificate = ContestCertificate(report.contest)
        }
        report.isPartial = report.isPartial || Task.isCancelled
        return report
    }

    private func startAll(_ model: ResolvedModel, into report: inout ModelReport) async -> [StackSeat] {
        var seats: [StackSeat] = []
        for (index, stack) in stacks.enumerated() {
            do throws(WorkerError) {
                let seat = try await StackSeat.start(
                    stack, index: index, model: model, limits: spec.limits, launcher: context.launcher)
                report.stacks[index].identity = seat.opened.identity
                report.stacks[index].options = seat.loaded.effectiveOptions
                report.stacks[index].loadTime = seat.loaded.loadTime
                report.stacks[index].baseMemory = seat.opened.peakMemory
                seats.append(seat)
            } catch {
                report.stacks[index].fail(error)
                context.progress.report(.warned("\(model.name) on \(stack.title): \(error)"))
            }
        }
        return seats
    }

    /// Runs all samples; gives the inputs of the first one, on which speed is measured.
    private func predict(
        on seats: inout [StackSeat], into report: inout ModelReport
    ) async throws -> [NamedTensor]? {
        let pass = PredictionPass(
            model: opened.model.name, task: report.task, limits: spec.limits, constants: opened.spec.constantValues,
            joining: opened.spec.joining, progress: context.progress)
        guard let data, let pipeline = opened.pipeline else {
            let item = PredictionPass.Item(
                name: "random inputs, seed \(spec.seed)", label: nil, inputs: try opened.synthetic.make())
            return try await pass.run(item, on: &seats, into: &report, isBatch: true)
        }
        let loader = Loader(data: data.set, pipeline: pipeline, indices: data.indices, policy: data.policy)
        let run = loader.start()
        defer { report.loading = run.times }
        var first: [NamedTensor]?
        var done = 0
        while !seats.isEmpty, let sample = try await next(run) {
            let label = sample.label?.text(classNames: data.set.classNames)
            switch sample.inputs {
            case .failure(let error): pass.skip(sample, error, label: label, into: &report)
            case .success(let tensors):
                let item = PredictionPass.Item(name: sample.name, label: label, inputs: tensors)
                let fed = try await pass.run(item, on: &seats, into: &report)
                first = first ?? fed
            }
            done += 1
            context.progress.report(.advanced(done: done, of: data.indices.count))
        }
        return first
    }

    /// The next sample; where one that cannot be read ends the study, the message says how to go on without it.
    private func next(_ run: LoaderRun) async throws(AssetError) -> LoadedSample? {
        do throws(AssetError) { return try await run.nextSample() } catch {
            throw AssetError(
                error.code, subject: error.subject, reason: error.reason,
                remedy: (error.remedy.isEmpty ? "" : error.remedy + ", or ")
                    + "leave such samples unanswered with 'unreadable: unanswered' under 'data'")
        }
    }

    private func finish(_ seat: StackSeat, into report: inout ModelReport) async {
        if let status = try? await seat.client.status() { report.stacks[seat.index].peakMemory = status.peakMemory }
        await seat.client.shutdown()
    }
}
