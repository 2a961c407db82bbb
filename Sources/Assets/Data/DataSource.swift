public import Specs

/// Where samples come from, as a spec declares it: a value that knows its parameters and opens a data set.
public protocol DataSource: Sendable, Hashable {
    /// The name in a spec, the parameters with their defaults, and the documentation.
    static var spec: SpecObject<Self> { get }

    /// Opens the data set.
    ///
    /// - Parameter folder: where relative paths start: the folder of the spec.
    /// - Throws: `AssetError`, of code `emptyDataSet` when there is no sample.
    func open(relativeTo folder: String) throws(AssetError) -> any DataSet
}

extension DataSource {
    /// The name in a spec.
    public static var name: String { spec.name }
}
