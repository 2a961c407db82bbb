import Records

/// Whether an engine computes with the threads that were asked: by what it reads back, and by the processors that it kept busy.
package enum EffectiveThreads {
    /// Beyond so many busy processors for each thread that was asked for, others compute too.
    static let mostBusy = 1.25

    /// Up to so many processors in the engine's own time, one thread alone computes.
    static let mostOfOne = 1.1

    /// Below this share of a processor the work is done elsewhere, or not at all.
    static let leastOfOne = 0.7

    /// Judges one cell.
    ///
    /// - Parameters:
    ///   - inForce: what the engine reads back; an engine that reads nothing back repeats what was asked.
    ///   - use: how many processors worked; `nil` where that was not measured.
    ///   - processors: how many there are.
    package static func finding(
        asked: Int, inForce: Int?, use: ProcessorUse?, processors: Int
    ) -> Pitfall.Finding {
        if let inForce, inForce != asked {
            return .found("\(words(asked)) \(asked == 1 ? "was" : "were") asked, \(inForce) in force")
        }
        guard let use else {
            return .cannotTell(
                "\(words(asked)) in force as the engine says; how many processors worked was not measured")
        }
        let busy = MetricUnit.number.format(use.busy)
        if use.busy > Double(asked) * mostBusy { return .found("\(busy) processors were busy with \(words(asked))") }
        guard asked == 1 || (processors > 1 && use.within >= leastOfOne), !use.isDisturbed(of: processors) else {
            return .cannotTell(
                "\(busy) of \(processors) processors were busy with \(words(asked)), and "
                    + (use.others.map { "\(MetricUnit.number.format($0)) with other programs" }
                        ?? "nothing is told of others"))
        }
        guard asked > 1 else { return .absent("\(busy) processors were busy with \(words(asked))") }
        let within =
            "\(MetricUnit.number.format(use.within)) processors worked in the engine's own time with \(words(asked))"
        return use.within <= mostOfOne ? .found(within + ": one thread did all") : .absent(within)
    }

    private static func words(_ count: Int) -> String { count == 1 ? "1 thread" : "\(count) threads" }
}
