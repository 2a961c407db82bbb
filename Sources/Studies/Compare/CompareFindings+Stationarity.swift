import Measurement
import Records

extension CompareFindings {
    /// The certificate of each side, under the labels of its figures.
    var watched: [WatchedSeries] {
        guard let certificate else { return [] }
        return zip(sides, certificate.sides).filter { !$0.0.processes.isEmpty }.map { side, judged in
            WatchedSeries(
                [Label.model: side.model, Label.stack: side.title], judged.certificate, warmups: side.warmups)
        }
    }

    /// The sides whose run times had not settled when they began to take turns.
    var warmupNotes: [String] {
        sides.compactMap { side in side.warmups.unsettled.map { "\(side.title): \($0)" } }
    }

    /// Whether the machine was quiet, and which answers may be due to what disturbed it.
    var stationarityNotes: [String] {
        guard let certificate else { return [] }
        let doubtful = comparisons.filter { trust(in: $0) == .doubtful }.map { comparison in
            "\(comparison.statistic.rawValue) of \(sides[comparison.side].title) against "
                + "\(sides[comparison.against].title) is not to be trusted: what disturbed one side more than the other "
                + "may be the answer. Compare again on a quiet machine."
        }
        return [certificate.statement] + doubtful
    }
}
