import CMachinePeaks
public import Engines

/// Measures what the worker's machine can do at most: arithmetic in f32 and on bytes from registers alone, and a stream
/// through memory.
///
/// No run of a model beats these (Williams et al. 2009, "Roofline").
public enum PeakJob: WorkerJob {
    /// With how many threads.
    public struct Request: Codable, Sendable {
        /// Threads that compute at once; with one, processor time is counted, with several the time that passes.
        public var threads: Int
        /// The size of each of the three arrays of the triad; they must not fit into the last cache together.
        public var streamBytes: Int64

        /// Makes a request.
        public init(threads: Int, streamBytes: Int64) {
            self.threads = threads
            self.streamBytes = streamBytes
        }
    }

    /// One peak.
    public struct Peak: Codable, Sendable, Hashable {
        /// Operations or bytes a second: the best of the trials, since nothing makes a machine faster than it is.
        public var best: Double
        /// The least of the trials: far below the best, the machine was busy.
        public var least: Double
        /// How many trials there were.
        public var trials: Int
    }

    /// What the machine can do; `nil` where it lacks the instructions or the memory.
    public struct Response: Codable, Sendable, Hashable {
        /// Operations a second in f32, a multiply-add counting as two.
        public var float: Peak?
        /// Operations a second on bytes with sums in 32 bits.
        public var integer: Peak?
        /// Bytes a second of the triad.
        public var stream: Peak?
        /// The instructions of the f32 loop.
        public var floatInstructions: String
        /// The instructions of the 8-bit loop.
        public var integerInstructions: String
    }

    /// `peak`.
    public static let name = "peak"

    private static let trials = 7
    /// How long one trial takes, in seconds, roughly.
    private static let trialSeconds = 0.04

    /// Measures the peaks.
    public static func run(_ request: Request, in context: JobContext<Never>) throws(EngineError) -> Response {
        guard (1...1024).contains(request.threads) else {
            throw EngineError(
                .invalidRequest, subject: "peak", reason: "\(request.threads) threads", remedy: "ask for 1 to 1024")
        }
        let threads = Int32(request.threads)
        return Response(
            float: arithmetic { assay_float_peak(threads, $0) },
            integer: arithmetic { assay_integer_peak(threads, $0) },
            stream: best((0..<3).map { _ in assay_triad(threads, request.streamBytes) }),
            floatInstructions: title(assay_float_instructions()),
            integerInstructions: title(assay_integer_instructions()))
    }

    private static func arithmetic(_ loop: (_ iterations: Int64) -> AssayRate) -> Peak? {
        let first = loop(1 << 20)
        guard first.work > 0, first.seconds > 0 else { return nil }
        let iterations = Int64(min(Double(1 << 20) * trialSeconds / first.seconds, 1e12))
        return best((0..<trials).map { _ in loop(max(iterations, 1)) })
    }

    private static func best(_ rates: [AssayRate]) -> Peak? {
        let values = rates.filter { $0.work > 0 && $0.seconds > 0 }.map { $0.work / $0.seconds }
        guard let best = values.max(), let least = values.min() else { return nil }
        return Peak(best: best, least: least, trials: values.count)
    }

    private static func title(_ instructions: Int32) -> String {
        switch AssayInstructions(UInt32(bitPattern: instructions)) {
        case ASSAY_SSE2: "SSE2"
        case ASSAY_AVX2: "AVX2"
        case ASSAY_AVX512: "AVX-512"
        case ASSAY_AVX_VNNI: "AVX-VNNI"
        case ASSAY_AVX512_VNNI: "AVX-512 VNNI"
        case ASSAY_NEON: "NEON"
        case ASSAY_NEON_DOT: "NEON dot product"
        default: "none"
        }
    }
}
