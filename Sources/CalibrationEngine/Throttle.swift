/// A slow-down after some time: once and for good, or once a period.
package struct Throttle: Sendable, Hashable {
    /// How many times longer a run takes.
    package var factor: Double
    /// How long the engine is fast, in nanoseconds since the first run or since the beginning of a period.
    package var after: Int64
    /// The period in nanoseconds; `nil` where it never becomes fast again.
    package var period: Int64?

    /// Describes a slow-down.
    package init(factor: Double, after: Int64, period: Int64? = nil) {
        self.factor = factor
        self.after = after
        self.period = period
    }

    /// How many times longer a run takes that begins so long after the first one.
    package func factor(at elapsed: Int64) -> Double {
        let time = period.map { elapsed % $0 } ?? elapsed
        return time >= after ? factor : 1
    }
}
