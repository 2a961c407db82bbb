package import Measurement

extension ContestCertificate {
    /// Judges the contenders of a contest; `nil` where nothing was read, as with the processor's clock.
    package init?(_ entries: [ContestEntry]) { self.init(entries.map(\.title), entries.map(\.stretches)) }
}
