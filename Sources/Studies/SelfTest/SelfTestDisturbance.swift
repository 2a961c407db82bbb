import Engines
import Measurement
import Tensors

/// What is injected, and what the certificate has to call it.
enum SelfTestDisturbance: String, Sendable, CaseIterable {
    case nothing
    /// A process for each processor that computes all the time.
    case competitor
    /// Runs a quarter longer from some moment on.
    case throttle
    /// Runs that become 15 % longer a second.
    case drift
    /// A first run that takes 64 MB of memory.
    case allocation
    /// A pause of 20 ms every quarter of a second.
    case stall

    /// What tables call it.
    var words: String {
        switch self {
        case .nothing: "nothing"
        case .competitor: "competing processes"
        case .throttle: "a throttled engine"
        case .drift: "drift of 15 % a second"
        case .allocation: "a first run that allocates 64 MB"
        case .stall: "a stall of 20 ms four times a second"
        }
    }

    /// What the certificate names when it is right; `nil` where it must name nothing.
    var cause: StationarityCertificate.Cause? {
        switch self {
        case .nothing: nil
        case .competitor: .anotherProcess
        case .throttle: .slowerEngine
        case .drift: .drift
        case .allocation: .firstAllocation
        case .stall: .pauses
        }
    }

    /// Whether a certificate names it.
    func isNamed(by certificate: StationarityCertificate) -> Bool { certificate.cause == cause }

    /// The settings of the calibration engine: runs of a millisecond with 1 % of jitter.
    func settings(during duration: Duration, _ random: inout SplitMix64) -> [String: String] {
        var settings = ["latency": "1ms", "jitter": "1%", "seed": "\(random.next() >> 1)"]
        switch self {
        case .nothing, .competitor: break
        case .throttle:
            settings["throttle"] = "1.25x"
            settings["after"] = (duration * (0.3 + 0.4 * random.unit())).setting
        case .drift: settings["drift"] = "15%"
        case .allocation: settings["allocation"] = "64MB"
        case .stall:
            settings["stall"] = "20ms"
            settings["every"] = "250ms"
        }
        return settings
    }
}
