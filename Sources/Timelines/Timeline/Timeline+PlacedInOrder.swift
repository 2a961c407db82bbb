extension Timeline.Argument {
    /// What a span carries that has a duration alone, and stands after the one before it.
    public static let placedInOrder = Timeline.Argument("start", "not told: placed in order")
}

extension Timeline.Span {
    /// Whether nobody told when it began: its start is only that of its turn.
    public var isPlacedInOrder: Bool { arguments.contains(.placedInOrder) }
}
