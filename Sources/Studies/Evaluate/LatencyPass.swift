import Assets
import Engines
import Measurement

/// Times every stack side by side: in each round all take their turn, in an order drawn anew, so that what disturbs the
/// machine disturbs all alike.
struct LatencyPass: Sendable {
    let model: String
    let spec: MeasureSpec
    let seed: Int
    let limit: Duration
    let progress: StudyProgress

    /// Runs all rounds and puts the times into the reports; a seat that fails is dropped.
    func run(_ inputs: [NamedTensor], on seats: inout [StackSeat], into report: inout ModelReport) async {
        var turns = SeededTurns(seed: seed)
        for round in 0..<spec.rounds {
            for seat in turns.next(seats) {
                guard !Task.isCancelled else {
                    report.isPartial = true
                    return
                }
                do throws(WorkerError) {
                    let response = try await spec.watchedRound(
                        of: seat.loaded, seat.ordered(inputs), in: seat.client, isFirst: round == 0, limit: limit)
                    report.stacks[seat.index].stretches.append(response.stretch)
                    report.stacks[seat.index].route = response.route
                    if round == 0 { report.stacks[seat.index].warmup = response.warmup }
                } catch {
                    report.stacks[seat.index].fail(error)
                    seats.removeAll { $0.index == seat.index }
                    progress.report(.warned("\(model) on \(seat.title): \(error)"))
                }
            }
            progress.report(.advanced(done: round + 1, of: spec.rounds))
        }
    }
}
