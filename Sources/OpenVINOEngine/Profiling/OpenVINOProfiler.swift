import Engines
import Foundation
import Tensors

/// Reads the library's counters from time to time and makes runs of their differences.
///
/// The counters are whole microseconds, means over all runs since the model was compiled. The mean over the runs between two
/// readings follows from both; each reading is taken after twice as many runs as the one before, so that what is cut off of
/// a step's mean stays within three microseconds.
struct OpenVINOProfiler {
    private struct Reading {
        let runs: Int
        let counters: ProfilingCounters
        /// The time of all runs so far, in nanoseconds.
        let elapsed: Int64
    }

    private var runs = 0
    private var elapsed: Int64 = 0
    private var readings: [Reading] = []

    /// Notes a run that took so many nanoseconds.
    mutating func note(_ duration: Int64) {
        runs += 1
        elapsed += duration
    }

    /// Reads the counters where it is time to.
    ///
    /// - Throws: `EngineError`.
    mutating func readWhenDue(_ read: () throws(EngineError) -> ProfilingCounters) throws(EngineError) {
        guard runs > 0, runs >= 2 * (readings.last?.runs ?? 0) else { return }
        readings.append(Reading(runs: runs, counters: try read(), elapsed: elapsed))
    }

    /// The profile since the first reading, or since the model was compiled where there was but one.
    ///
    /// - Throws: `EngineError`.
    mutating func take(
        _ graph: CompiledGraph, _ read: () throws(EngineError) -> ProfilingCounters
    ) throws(EngineError) -> EngineProfile {
        guard runs > 0 else { return EngineProfile(resolution: 1000) }
        let last = readings.last?.runs ?? 0
        if runs > last {
            // Few runs after many leave nothing but what was cut off.
            if readings.count > 1, runs - last < last / 2 { readings.removeLast() }
            readings.append(Reading(runs: runs, counters: try read(), elapsed: elapsed))
        }
        let executed = ExecutedSteps(readings[readings.count - 1].counters.counters, graph)
        var profile = EngineProfile(steps: executed.steps, constants: executed.constants, resolution: 1000)
        if readings.count == 1 { profile.runs = [run(nil, readings[0], executed)] }
        for (earlier, later) in zip(readings, readings.dropFirst()) {
            profile.runs.append(run(earlier, later, executed))
        }
        readings = [readings[readings.count - 1]]
        return profile
    }

    private func run(_ earlier: Reading?, _ later: Reading, _ executed: ExecutedSteps) -> EngineProfile.Run {
        let count = later.runs - (earlier?.runs ?? 0)
        let spans = executed.places.enumerated().map { step, place in
            EngineProfile.Span(
                step: step, start: nil,
                duration: max(0, total(later, place) - (earlier.map { total($0, place) } ?? 0)) * 1000 / Int64(count))
        }
        return EngineProfile.Run(
            spans: spans, duration: (later.elapsed - (earlier?.elapsed ?? 0)) / Int64(count), repetitions: count)
    }

    private func total(_ reading: Reading, _ place: Int) -> Int64 {
        reading.counters.counters.indices.contains(place)
            ? reading.counters.counters[place].mean * Int64(reading.runs) : 0
    }
}
