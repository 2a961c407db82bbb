/// Where an engine computes: on the processor, or on an accelerator with memory of its own.
public struct ComputeDevice: Sendable, Hashable {
    /// The kinds of devices.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// The processor and main memory.
        case cpu
        /// A device of NVIDIA's, through CUDA.
        case cuda
    }

    /// What it is.
    public let kind: Kind
    /// Which of the machine's devices of its kind, from 0, in the order of their places on the bus.
    public let index: Int

    /// The processor.
    public static let cpu = ComputeDevice(.cpu)

    /// Describes a device; the processor has no number but 0.
    public init(_ kind: Kind, index: Int = 0) {
        self.kind = kind
        self.index = kind == .cpu ? 0 : index
    }

    /// Reads `cpu`, `cuda` or `cuda:1`; `nil` for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let kind = parts.first.flatMap(Kind.init(rawValue:)) else { return nil }
        guard parts.count > 1 else {
            self.init(kind)
            return
        }
        guard kind != .cpu, let index = Int(parts[1]), (0..<1024).contains(index), String(index) == parts[1] else {
            return nil
        }
        self.init(kind, index: index)
    }
}

extension ComputeDevice: CustomStringConvertible {
    /// `cpu`, `cuda` for the first device, `cuda:1` for the second.
    public var description: String { index == 0 ? kind.rawValue : "\(kind.rawValue):\(index)" }
}

extension ComputeDevice: Codable {
    /// Reads the word.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let device = ComputeDevice(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is no device")
        }
        self = device
    }

    /// Writes the word.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension EngineOptions {
    /// Refuses a device on an engine that computes on the processor alone.
    ///
    /// - Throws: `EngineError` of code `invalidOption`.
    package func requireProcessor(of engine: String) throws(EngineError) {
        guard device.kind == .cpu else { throw Self.refusal(of: device, by: engine) }
    }

    static func refusal(of device: ComputeDevice, by engine: String) -> EngineError {
        EngineError(
            .invalidOption, subject: engine, reason: "it does not compute on \(device)",
            remedy: "leave `device` at `cpu`, or use onnxruntime, pytorch or jax")
    }
}
