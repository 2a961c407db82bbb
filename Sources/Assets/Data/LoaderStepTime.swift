/// The time that one step of a pipeline took over all samples.
public struct LoaderStepTime: Sendable, Hashable {
    /// The step's name.
    public let name: String
    /// The time.
    public internal(set) var time: Duration
}
