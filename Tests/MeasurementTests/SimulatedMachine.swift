import Foundation
import Measurement
import Tensors

/// A machine made of numbers: runs of a process on it, with what a reader would see between blocks of them.
struct SimulatedMachine {
    /// The time of an undisturbed run in nanoseconds, and its relative standard deviation.
    var latency = 1_000_000.0
    var noise = 0.01
    /// How neighbours correlate.
    var correlation = 0.0
    /// How many times longer a run takes for the engine's own reasons, by the second.
    var engine: (Double) -> Double = { _ in 1 }
    /// How many times slower the processor is, by the second.
    var processor: (Double) -> Double = { _ in 1 }
    /// The chance that a run is interrupted by others for 3 ms, by the second.
    var interruption: (Double) -> Double = { _ in 0 }
    /// The share of the time that the hypervisor takes.
    var stolen = 0.0
    /// The time of the first run, and the pages it touches.
    var first: (time: Double, pages: Int)?
    /// A pause of the engine: every so many runs, of so many nanoseconds.
    var pause: (every: Int, time: Double)?
    /// Whether the kernel counts waiting.
    var countsWaiting = true

    /// Runs for so many seconds from a time on, in blocks of 50 ms.
    func run(seconds: Double, from start: Double = 0, _ random: inout SplitMix64) -> MeasuredStretch {
        let count = Int(seconds / latency * 1e9)
        var wobble = Noise.autoregressive(correlation, count: count + 1, &random)[...]
        var (clock, own, waiting, machine, steal) = (start * 1e9, 0.0, 0.0, 0.0, 0.0)
        if start > 0 {
            // Ticks come when they come.
            (machine, steal) = (1e7 * random.unit(), 1e7 * random.unit())
        }
        var (switches, faults) = (0, 1000)
        var samples: [Int64] = []
        func reading() -> MachineReading {
            MachineReading(
                samples: samples.count, begin: Int64(clock), end: Int64(clock), processorNanoseconds: Int64(own),
                waitingNanoseconds: countsWaiting ? Int64(waiting) : nil,
                // Ticks of 10 ms.
                machineNanoseconds: Int64(machine / 1e7) * 10_000_000,
                stolenNanoseconds: Int64(steal / 1e7) * 10_000_000,
                involuntarySwitches: switches, minorFaults: faults,
                stepRate: 3 / processor(clock * 1e-9) * (1 + 0.002 * random.normal()))
        }
        var readings = [reading()]
        var next = clock + 5e7
        while clock < (start + seconds) * 1e9 {
            let now = clock * 1e-9
            var time = latency * engine(now) * processor(now) * (1 + noise * (wobble.popFirst() ?? random.normal()))
            if samples.isEmpty, let first {
                time = first.time
                faults += first.pages
            }
            if let pause, samples.count % pause.every == pause.every - 1 { time += pause.time }
            own += time
            machine += time
            if random.unit() < interruption(now) {
                waiting += 3e6
                machine += 3e6
                switches += 1
                time += 3e6
            }
            let taken = time * stolen / (1 - stolen)
            steal += taken
            time += taken
            clock += time
            samples.append(Int64(time))
            if clock >= next {
                readings.append(reading())
                next = clock + 5e7
            }
        }
        if readings.last?.samples != samples.count { readings.append(reading()) }
        return MeasuredStretch(samples: samples, readings: readings)
    }
}
