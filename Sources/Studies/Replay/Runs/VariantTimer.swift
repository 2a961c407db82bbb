import Records

/// Times variants of a record side by side: some candidates as they are here, the rest as recorded.
protocol VariantTimer: Sendable {
    /// What is timed, in the order of the record.
    var cells: [TimedCell] { get }

    /// Times variants, by turns.
    ///
    /// - Parameters:
    ///   - sets: the candidates that are as they are here, each set as a mask of bits.
    ///   - cell: which of the cells.
    ///   - precision: the half width of an interval at which enough is known; `nil` where the least number of repetitions does.
    /// - Returns: `nil` where one of them gave no times.
    mutating func times(
        of sets: [UInt64], cell: Int, precision: Double?
    ) async throws -> VariantTimes?
}

/// The times of variants; those that ask an engine for the same are one.
struct VariantTimes: Sendable {
    /// The logarithms of what was measured, of each variant one a repetition; those of one place were measured side by side.
    let logarithms: [[Double]]
    /// Which of them belongs to a set.
    let variants: [UInt64: Int]
    /// Half the width of the interval of a single repetition, as a logarithm; `nil` where it has none.
    var half: Double?

    /// The logarithms of a set.
    subscript(set: UInt64) -> [Double] { variants[set].map { logarithms[$0] } ?? [] }
}
