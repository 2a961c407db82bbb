/// The machine that a record was made on, as far as it could be read; empty and `nil` members are unknown.
public struct Machine: Sendable, Hashable, Codable {
    /// The processor's own name.
    public var processor: String
    /// The instruction set architecture: `x86_64`, `arm64`.
    public var architecture: String
    /// The instruction set features that matter to arithmetic: `avx2`, `avx512f`, `amx_bf16`.
    public var features: [String]
    /// Cores, not counting hardware threads.
    public var physicalCores: Int?
    /// Hardware threads that this process may use.
    public var logicalCores: Int
    /// Main memory in bytes.
    public var memoryBytes: Int64?
    /// Sizes of the data caches of one core and of the last level, in bytes, by name: `L1d`, `L2`, `L3`.
    public var caches: [String: Int64]
    /// The operating system's name and version.
    public var operatingSystem: String
    /// The kernel's release.
    public var kernel: String
    /// The frequency governor.
    public var governor: String?
    /// What hints at a container or a virtual machine: `kvm`, `docker`.
    public var virtualization: [String]
    /// Accelerators, in the order of their places on the bus.
    public var accelerators: [Accelerator]
    /// Load averages over 1, 5 and 15 minutes when the record was begun.
    public var load: [Double]
    /// What a self-test of the instrument found here; `nil` where there was none.
    public var instrument: InstrumentTest?

    /// Makes a machine.
    public init(
        processor: String, architecture: String, features: [String] = [], physicalCores: Int? = nil, logicalCores: Int,
        memoryBytes: Int64? = nil, caches: [String: Int64] = [:], operatingSystem: String, kernel: String = "",
        governor: String? = nil, virtualization: [String] = [], accelerators: [Accelerator] = [], load: [Double] = [],
        instrument: InstrumentTest? = nil
    ) {
        self.processor = processor
        self.architecture = architecture
        self.features = features
        self.physicalCores = physicalCores
        self.logicalCores = logicalCores
        self.memoryBytes = memoryBytes
        self.caches = caches
        self.operatingSystem = operatingSystem
        self.kernel = kernel
        self.governor = governor
        self.virtualization = virtualization
        self.accelerators = accelerators
        self.load = load
        self.instrument = instrument
    }

    /// What computes, by name: the processor, and the accelerators where there are any.
    public var computing: String {
        ([processor] + accelerators.map(\.identity)).joined(separator: " with ")
    }

    /// One line: processor, cores, memory, accelerators, operating system.
    public var summary: String {
        let cores = physicalCores.map { "\($0) cores, \(logicalCores) threads" } ?? "\(logicalCores) threads"
        let memory = memoryBytes.map { ", " + MetricUnit.bytes.format(Double($0)) } ?? ""
        let devices = accelerators.map { ", \($0.identity)" }.joined()
        return "\(processor), \(cores)\(memory)\(devices), \(operatingSystem)"
    }
}
