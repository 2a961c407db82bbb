/// A value of shape `[N, channels, height, width]` inside a network under construction.
struct FeatureMap: Sendable, Hashable {
    /// The value's name.
    var name: String
    /// Channels.
    var channels: Int
    /// Rows.
    var height: Int
    /// Columns.
    var width: Int
}

/// A value of shape `[N, features]` inside a network under construction.
struct FeatureVector: Sendable, Hashable {
    /// The value's name.
    var name: String
    /// Features.
    var features: Int
}
