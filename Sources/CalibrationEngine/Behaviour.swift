/// How long the runs of the calibration engine take, and what disturbs them.
struct Behaviour: Sendable, Hashable {
    /// What ends a run.
    enum Ends: String, Sendable, CaseIterable {
        /// The clock: a run takes as long as it is told, however fast the processor is.
        case clock
        /// A number of steps that took as long when the model was loaded: a slower processor takes longer.
        case steps
    }

    /// The time of an undisturbed run, in nanoseconds; the mean where there is jitter.
    var latency: Int64 = 0
    var jitter: Jitter?
    var stall: Stall?
    var throttle: Throttle?
    /// By what share of the latency runs become longer each second since the first one.
    var drift = 0.0
    /// Bytes that the first run of a session allocates and touches.
    var allocation = 0
    var ends = Ends.clock

    /// Whether a run does nothing at all once its memory is there.
    var isNull: Bool { latency == 0 && jitter == nil && stall == nil && allocation == 0 }

    /// How long a run takes that begins so long after the first one, in nanoseconds, when it is not stalled.
    func work(at elapsed: Int64, jitter drawn: Double) -> Int64 {
        var time = Double(latency) + drawn
        if let throttle { time *= throttle.factor(at: elapsed) }
        time *= 1 + drift * Double(elapsed) * 1e-9
        return Int64(min(max(time, 0), 1e15))
    }
}
