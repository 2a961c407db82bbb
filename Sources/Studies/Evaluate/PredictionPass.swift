import Graphs
import Assets
import Engines
import Records
import Tensors

/// Runs every sample on every stack and compares what comes out; nothing here is timed.
struct PredictionPass: Sendable {
    let model: String
    let task: any EvaluationTask
    let limits: LimitSpec
    let constants: [String: Double]
    let joining: Batch.Joining
    let progress: StudyProgress

    /// The most samples whose inputs are hashed: the data and the steps are in the record anyway.
    static let mostInputs = 256

    /// One sample on its way: its name, label, and inputs.
    struct Item: Sendable {
        var name: String
        var label: String?
        var inputs: [NamedTensor]
    }

    /// Runs one sample on all seats at once and takes the answers into the reports; a seat that fails is dropped.
    ///
    /// - Returns: what was fed, in the order of the model's inputs.
    /// - Throws: `StudyError` when the inputs do not fit the model, or the outputs the task.
    func run(
        _ item: Item, on seats: inout [StackSeat], into report: inout ModelReport, isBatch: Bool = false
    ) async throws -> [NamedTensor] {
        guard let first = seats.first else { return [] }
        let batch = isBatch ? item.inputs : try Batch.assemble([item.inputs], joining: joining)
        let inputs = try InputBinding(inputs: first.loaded.inputs, constants: constants, model: model).bind(batch)
        let asked = seats
        async let running = Self.outputs(of: inputs, on: asked, limit: limits.run)
        // Hashing costs nothing while the engines compute.
        if report.inputs.count < Self.mostInputs {
            report.inputs.add(Fingerprint.Sample(item.name, inputs.digest))
        }
        let results = await running
        var reference: (outputs: [Tensor], answer: Answer)?
        for (seat, result) in zip(seats, results) {
            switch result {
            case .failure(let error):
                report.stacks[seat.index].fail(error)
                progress.report(.warned("\(model) on \(seat.title): \(error)"))
            case .success(let outputs):
                let names = seat.loaded.outputs.map(\.name)
                let named = zip(names, outputs).map { NamedTensor(name: $0, tensor: $1) }
                report.stacks[seat.index].outputs.add(item.name, named)
                let answer = try task.answer(outputs: named, inputs: inputs)
                report.stacks[seat.index].answers.append(
                    ScoredSample(name: item.name, label: item.label, answer: answer))
                guard let known = reference else {
                    reference = (outputs, answer)
                    report.reference = report.reference ?? seat.index
                    continue
                }
                var agreement = report.stacks[seat.index].agreement ?? Agreement()
                agreement.add(
                    sample: item.name, outputs: outputs, reference: known.outputs, names: names,
                    sameAnswer: task.agree(answer, known.answer))
                report.stacks[seat.index].agreement = agreement
            }
        }
        seats = zip(seats, results).filter { if case .success = $1 { true } else { false } }.map(\.0)
        return inputs
    }

    /// Takes in a sample that could not be read: every stack leaves it unanswered.
    func skip(_ sample: LoadedSample, _ error: AssetError, label: String?, into report: inout ModelReport) {
        report.unreadable.append("\(sample.name): \(error.reason)")
        for index in report.stacks.indices where report.stacks[index].outcome == .completed {
            report.stacks[index].answers.append(ScoredSample(name: sample.name, label: label, answer: nil))
        }
    }

    private static func outputs(
        of inputs: [NamedTensor], on seats: [StackSeat], limit: Duration
    ) async -> [Result<[Tensor], WorkerError>] {
        await withTaskGroup(of: (Int, Result<[Tensor], WorkerError>).self) { group in
            for (position, seat) in seats.enumerated() {
                group.addTask {
                    do throws(WorkerError) {
                        return (
                            position,
                            .success(try await seat.client.run(seat.loaded, seat.ordered(inputs), limit: limit).outputs)
                        )
                    } catch {
                        return (position, .failure(error))
                    }
                }
            }
            var results = [Result<[Tensor], WorkerError>?](repeating: nil, count: seats.count)
            for await (position, result) in group { results[position] = result }
            return results.compactMap(\.self)
        }
    }
}
