extension OTLPTrace {
    /// A trace of a timeline whose spans are numbered from 1: collectors keep the spans of all traces in one place and some
    /// take equal identifiers for one span, so each gets one that hardly any other trace has.
    public init(numbering timeline: Timeline, as id: OTLPTraceID) {
        let key = Self.mixed(Self.mixed(id.high) &+ id.low)
        func spread(_ number: UInt64) -> UInt64 {
            let spread = Self.mixed(number &* 0x9E37_79B9_7F4A_7C15 &+ key)
            // One number in 2^64 would become 0, which identifies no span.
            return spread == 0 ? number : spread
        }
        var numbered = timeline
        for index in numbered.spans.indices {
            numbered.spans[index].id = spread(numbered.spans[index].id)
            numbered.spans[index].parent = numbered.spans[index].parent.map(spread)
        }
        self.init(id, numbered)
    }

    /// The finalizer of SplitMix64 (Steele, Lea and Flood 2014), which maps no two numbers to one.
    private static func mixed(_ number: UInt64) -> UInt64 {
        var z = number
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
