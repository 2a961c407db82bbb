import Engines
import Measurement
import Tensors

/// Runs samples that a process has been given before and inputs that it has not, by turns, and a model that only carries as
/// many bytes: what an engine keeps of inputs, and what of the time is the way there and back.
struct NoveltyPass: Sendable {
    let duration: Duration
    let limit: Duration
    /// A folder for the carrier's file.
    let folder: String

    private static let rounds = 5
    private static let places = 2...16

    /// A loaded carrier with what it is given.
    private struct Carrier {
        let loaded: LoadedModel
        let inputs: [Tensor]
    }

    /// Carries it out once `timing` has the first runs.
    ///
    /// - Throws: `WorkerError`.
    func run(_ runner: CellRunner, into timing: inout CellTiming) async throws(WorkerError) {
        guard duration > .zero, let usual = timing.early.min() else { return }
        let budget = duration.wholeNanoseconds / Int64(2 * Self.rounds) / max(usual, 1)
        let count = min(Self.places.clamp(budget), runner.ordered.count)
        let carrier = await carrier(runner, into: &timing)
        for round in 0..<Self.rounds where !Task.isCancelled {
            var (seen, novel, carried) = (SidedTimes(), SidedTimes(), SidedTimes())
            for place in 0..<count {
                // Made before anything is timed, so that nothing but the runs lies between them.
                let known = runner.ordered[place]
                let unknown = known.map { $0.rotated(by: 1 + round) }
                let isFirst = (round + place).isMultiple(of: 2)
                if isFirst { try await runner.time(known, limit: limit, into: &seen) }
                if unknown != known { try await runner.time(unknown, limit: limit, into: &novel) }
                if !isFirst { try await runner.time(known, limit: limit, into: &seen) }
                if let carrier {
                    try await runner.time(carrier.inputs, of: carrier.loaded, limit: limit, into: &carried)
                }
            }
            timing.seen.append(seen)
            timing.novel.append(novel)
            if carrier != nil { timing.carrier.append(carried) }
        }
        if let carrier { try await runner.seat.client.unload(carrier.loaded) }
    }

    /// Loads the model that computes next to nothing; what an engine refuses of it says nothing of the cell.
    private func carrier(_ runner: CellRunner, into timing: inout CellTiming) async -> Carrier? {
        guard let inputs = runner.variant.runs.first?.inputs else { return nil }
        do {
            let outputs = try await runner.outputs(of: 0, limit: limit)
            let carrier = CarrierModel(inputs: inputs, outputs: outputs)
            let loaded = try await carrier.load(on: runner.seat, folder: folder)
            let ordered = loaded.ordered(carrier.values)
            // The first run may do what later ones do not.
            _ = try await runner.seat.client.run(loaded, ordered, limit: limit)
            return Carrier(loaded: loaded, inputs: ordered)
        } catch {
            timing.carrierObstacle = "a model that only carries its inputs and outputs cannot be run: \(error)"
            return nil
        }
    }
}

extension ClosedRange<Int> {
    fileprivate func clamp(_ value: Int64) -> Int {
        Int(Swift.min(Swift.max(value, Int64(lowerBound)), Int64(upperBound)))
    }
}
