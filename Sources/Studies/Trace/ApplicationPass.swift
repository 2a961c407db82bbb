import Assets
import Engines
import Graphs
import Measurement
import Tensors

/// Takes samples through the whole pipeline: decode, pre-process, transfer, run, post-process.
struct ApplicationPass: Sendable {
    let opened: OpenedModel
    let data: ModelEvaluation.OpenedData?

    /// Takes the sample with a running number through; of data the samples come again in turn.
    ///
    /// - Throws: `AssetError` where it cannot be read, `StudyError` where it does not fit, `WorkerError` where the engine
    ///   fails.
    func sample(_ number: Int, on seat: inout TraceSeat) async throws -> ApplicationSample {
        var sample = ApplicationSample(name: "")
        let tensors = try inputs(number, loaded: seat.loaded, &sample)
        let begin = MonotonicClock.now()
        let named = Dictionary(tensors.map { ($0.name, $0.tensor) }, uniquingKeysWith: { $1 })
        let response = try await seat.perform(named) { request in
            request.warmupRuns = 0
            request.maximumRuns = 1
            request.keepsOutputs = true
        }
        let received = MonotonicClock.now()
        addRun(response, from: begin, to: received, isSameClock: seat.client.sharesMemory, &sample)
        let outputs = zip(seat.loaded.outputs, response.outputs).map { NamedTensor(name: $0.name, tensor: $1.tensor) }
        _ = try opened.task.answer(outputs: outputs, inputs: tensors)
        let answered = MonotonicClock.now()
        sample.steps.append(
            .init(name: opened.task.name, kind: .postprocess, start: received, duration: answered - received))
        return sample
    }

    /// The inputs of a sample, and the steps that made them.
    func inputs(
        _ number: Int, loaded: LoadedModel, _ sample: inout ApplicationSample
    ) throws -> [NamedTensor] {
        var clock = MonotonicClock.now()
        func step(_ name: String, _ kind: ApplicationSample.Step.Kind, _ duration: Duration) {
            let time = duration.wholeNanoseconds
            sample.steps.append(.init(name: name, kind: kind, start: clock, duration: time))
            clock += time
        }
        let given: [NamedTensor]
        if let data, let pipeline = opened.pipeline {
            let index = data.indices[number % data.indices.count]
            let loader = Loader(data: data.set, pipeline: pipeline, policy: data.policy)
            let item = loader.load(index)
            sample.name = item.name
            step("read", .decode, item.reading)
            for (name, time) in zip(pipeline.stepNames, item.steps) {
                step(name, name.hasPrefix("decode") ? .decode : .preprocess, time)
            }
            given = try Batch.assemble([try item.inputs.get()], joining: opened.spec.joining)
        } else {
            sample.name = "random inputs, seed \(opened.synthetic.seed)"
            given = try opened.synthetic.make()
        }
        let bound = try InputBinding(
            inputs: loaded.inputs, constants: opened.spec.constantValues, model: opened.model.name
        ).bind(given)
        let end = MonotonicClock.now()
        let name = data == nil ? "make inputs" : "assemble"
        sample.steps.append(.init(name: name, kind: .preprocess, start: clock, duration: max(0, end - clock)))
        return bound
    }

    /// The way to the engine, the run, and the way back; on another machine, whose clock is not ours, the ways are taken as
    /// equally long.
    private func addRun(
        _ response: TraceJob.Response, from begin: Int64, to end: Int64, isSameClock: Bool,
        _ sample: inout ApplicationSample
    ) {
        guard let run = response.runs.last else { return }
        let isInside = isSameClock && run.start >= begin && run.end <= end
        let start = isInside ? run.start : begin + max(0, end - begin - run.duration) / 2
        sample.steps += [
            .init(name: "send", kind: .transfer, start: begin, duration: start - begin),
            .init(name: "run", kind: .run, start: start, duration: run.duration),
            .init(
                name: "receive", kind: .transfer, start: start + run.duration,
                duration: max(0, end - start - run.duration)),
        ]
    }
}
