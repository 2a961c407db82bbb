/// The regions of a model as passes see them, which those that come after one that found nothing need not find again.
public final class KnownRegions {
    /// A region by its place in a walk through an unchanged model, and the limit of the inference that finds its facts.
    struct Key: Hashable {
        let limit: Int
        let visit: Int
    }

    /// Knows nothing yet.
    public init() {}

    private var regions: [Key: Region] = [:]

    subscript(key: Key) -> Region? {
        get { regions[key] }
        set { regions[key] = newValue }
    }

    /// Forgets all, since the model is another one.
    func forget() { regions = [:] }
}
