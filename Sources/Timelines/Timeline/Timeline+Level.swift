extension Timeline {
    /// How deep in the stack of software a span lies (XSP's levels, and MLModelScope's above them).
    public enum Level: String, Sendable, Hashable, CaseIterable, Comparable {
        /// The program that asks: a pipeline, a request.
        case application
        /// A run of a model.
        case model
        /// A layer or node of the model, as the engine runs it.
        case layer
        /// A call of a library of kernels.
        case library
        /// A call of the operating system.
        case system
        /// What the hardware did: kernels on a device, counters of the processor.
        case hardware

        /// How many levels lie above: 0 for the application, 5 for the hardware.
        public var depth: Int {
            switch self {
            case .application: 0
            case .model: 1
            case .layer: 2
            case .library: 3
            case .system: 4
            case .hardware: 5
            }
        }

        /// Orders from the application down.
        public static func < (left: Level, right: Level) -> Bool { left.depth < right.depth }
    }
}
