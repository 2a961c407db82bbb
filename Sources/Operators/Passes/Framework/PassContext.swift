/// What passes may know and do.
public struct PassContext: Sendable {
    /// The operators that inference and folding know.
    public var catalogue: OperatorCatalogue
    /// The newest version of the standard operator set that a pass may raise the model to; `nil` keeps the model's own.
    public var maximumOpset: Int?
    /// The largest number of elements that a folded constant may have.
    public var foldingLimit = 1 << 24
    /// Whether inputs with defaults (initializers that are listed among the inputs, IR version 4 and newer) become
    /// constants; a caller can then no longer feed them.
    public var freezesDefaults = false
    /// Whether constants that are quantised or dequantised are computed: engines recognise quantised operators by the nodes
    /// that dequantise their weights, and a dequantised weight takes four times the memory.
    public var foldsQuantization = false

    /// Whether nodes may come from newer versions of the standard operator set than the model imports.
    ///
    /// For an engine that runs an operator whatever the version; what comes of it is not for others.
    public var mixesVersions = false

    /// Makes a context.
    public init(catalogue: OperatorCatalogue = .standard, maximumOpset: Int? = nil) {
        self.catalogue = catalogue
        self.maximumOpset = maximumOpset
    }
}
