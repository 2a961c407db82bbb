extension Timeline {
    /// A thread, on which spans lie.
    public struct Track: Sendable, Hashable {
        /// Which thread of which process; unique in its timeline.
        public var id: TrackID
        /// What the thread is called; empty when unknown.
        public var name: String

        /// Makes a track.
        public init(_ id: TrackID, name: String = "") {
            self.id = id
            self.name = name
        }
    }
}
