extension Node {
    /// How messages name a node by itself: `node 3 'conv1' (Conv)`.
    public func label(_ index: Int) -> String {
        "node \(index)" + (name.isEmpty ? "" : " '\(name)'") + (operatorType.isEmpty ? "" : " (\(operatorType))")
    }

    /// How messages name a node within what holds it.
    func place(_ index: Int, in path: String) -> String { "\(path), \(label(index))" }
}
