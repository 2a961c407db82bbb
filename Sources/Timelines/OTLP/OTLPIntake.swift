/// What a request is read under, in either encoding: the file's name, the bounds, and how many spans came so far.
struct OTLPIntake {
    let subject: String
    let limits: TimelineLimits
    private var count = 0

    init(subject: String, limits: TimelineLimits) {
        self.subject = subject
        self.limits = limits
    }

    /// Counts one more span; says why it is one too many, if it is.
    mutating func admit() -> String? {
        guard count < limits.maximumEvents else { return "the request has more than \(limits.maximumEvents) spans" }
        count += 1
        return nil
    }
}
