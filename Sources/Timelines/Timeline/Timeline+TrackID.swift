extension Timeline {
    /// Which thread of which process.
    public struct TrackID: Sendable, Hashable, Comparable {
        /// The process.
        public var process: Int64
        /// The thread.
        public var thread: Int64

        /// Makes an identifier.
        public init(process: Int64, thread: Int64) {
            self.process = process
            self.thread = thread
        }

        /// Orders by process, then by thread.
        public static func < (left: TrackID, right: TrackID) -> Bool {
            (left.process, left.thread) < (right.process, right.thread)
        }
    }
}
