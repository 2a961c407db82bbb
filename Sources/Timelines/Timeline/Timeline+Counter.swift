extension Timeline {
    /// A quantity that was read from time to time.
    public struct Counter: Sendable, Hashable {
        /// One reading.
        public struct Sample: Sendable, Hashable {
            /// When, in nanoseconds.
            public var time: Int64
            /// What was read.
            public var value: Double

            /// Makes a sample.
            public init(time: Int64, value: Double) {
                self.time = time
                self.value = value
            }
        }

        /// The process that it belongs to.
        public var process: Int64
        /// What is counted.
        public var name: String
        /// The unit, empty when unknown; a series of a Chrome counter with several takes its place.
        public var unit: String
        /// The readings.
        public var samples: [Sample]

        /// Makes a counter.
        public init(_ name: String, unit: String = "", process: Int64, samples: [Sample] = []) {
            self.process = process
            self.name = name
            self.unit = unit
            self.samples = samples
        }

        /// Puts the samples in the order of their times; those of one time keep theirs.
        mutating func sortSamples() {
            samples = samples.enumerated()
                .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
        }
    }
}
