/// What a number is about, by label: which model, stack, data set, class.
public typealias Labels = [String: String]

/// The labels that stores and reports know by name.
public enum Label {
    /// The model's name.
    public static let model = "model"
    /// The stack's name: engine, version, settings.
    public static let stack = "stack"
    /// The data set's name.
    public static let data = "data"
    /// The class of a per-class figure.
    public static let category = "class"
    /// The batch size.
    public static let batch = "batch"
    /// The thread count.
    public static let threads = "threads"
}
