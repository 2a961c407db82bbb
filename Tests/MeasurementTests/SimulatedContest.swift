import Foundation
import Measurement
import Tensors

/// Contenders made of numbers that take turns on a machine made of numbers: fresh processes, rounds, turns of 3 ms.
struct SimulatedContest {
    /// What each side meets; the time is that of the contest, in seconds.
    var sides = [SimulatedMachine(), SimulatedMachine()]
    var processes = 12
    var rounds = 20
    /// The standard deviation of the level that a process draws at its start.
    var luck = 0.02
    /// How much slower the second processor of the machine is, which every other pair of processes keeps to.
    var secondProcessor = 1.15

    /// The turns of each process of each side.
    func run(_ random: inout SplitMix64) -> [[MeasuredStretch]] {
        var series = sides.map { _ in [MeasuredStretch]() }
        var time = 0.0
        for process in 0..<processes {
            let place = process % 2
            let slower = place == 1 ? secondProcessor : 1
            var machines = sides.map { side in
                var machine = side
                machine.latency *= exp(luck * random.normal())
                machine.processor = { side.processor($0) * slower }
                return machine
            }
            var stretches = sides.map { _ in MeasuredStretch(samples: [], processors: [place]) }
            // Starting takes what it takes.
            time += 0.2
            for _ in 0..<rounds {
                for side in random.shuffled(Array(sides.indices)) {
                    let turn = machines[side].run(seconds: 0.003, from: time, &random)
                    time = Double(turn.readings.last?.end ?? 0) * 1e-9 + 0.001
                    stretches[side].append(turn)
                    machines[side].first = nil
                }
            }
            for side in sides.indices { series[side].append(stretches[side]) }
        }
        return series
    }

    /// The certificate of one contest.
    func certificate(_ random: inout SplitMix64) -> ContestCertificate? {
        ContestCertificate(sides.indices.map { "side \($0)" }, run(&random))
    }
}
