/// A device with memory of its own that computes beside the processor, as its driver describes it; `nil` members are unknown.
public struct Accelerator: Sendable, Hashable {
    /// Clocks in MHz.
    public struct Clocks: Sendable, Hashable, Codable {
        /// Of the processors, when the machine was read.
        public var processor: Int?
        /// Of the memory, when the machine was read.
        public var memory: Int?
        /// The highest of the processors.
        public var mostProcessor: Int?
        /// The highest of the memory.
        public var mostMemory: Int?

        /// Describes clocks.
        public init(processor: Int? = nil, memory: Int? = nil, mostProcessor: Int? = nil, mostMemory: Int? = nil) {
            self.processor = processor
            self.memory = memory
            self.mostProcessor = mostProcessor
            self.mostMemory = mostMemory
        }
    }

    /// The link between device and machine; an idle one may rest at a lower generation.
    public struct Link: Sendable, Hashable, Codable {
        /// The generation of PCI Express in use.
        public var generation: Int?
        /// Lanes in use.
        public var width: Int?
        /// The newest generation that both ends know.
        public var mostGeneration: Int?
        /// Lanes that both ends have.
        public var mostWidth: Int?

        /// Describes a link.
        public init(
            generation: Int? = nil, width: Int? = nil, mostGeneration: Int? = nil, mostWidth: Int? = nil
        ) {
            self.generation = generation
            self.width = width
            self.mostGeneration = mostGeneration
            self.mostWidth = mostWidth
        }
    }

    /// The device's own name.
    public var name: String
    /// Its memory in bytes.
    public var memoryBytes: Int64?
    /// The version of its driver.
    public var driver: String?
    /// The newest CUDA that the driver runs, as `13.0`.
    public var cuda: String?
    /// The compute capability, as `9.0`.
    public var capability: String?
    /// Clocks, now and at most.
    public var clocks: Clocks?
    /// The power that it is held to, in watts.
    public var powerLimitWatts: Double?
    /// Degrees Celsius when the machine was read.
    public var temperature: Int?
    /// Whether the driver stays loaded while nobody uses the device.
    public var persistence: Bool?
    /// Who may use it: `default`, `exclusive-thread`, `prohibited`, `exclusive-process`.
    public var computeMode: String?
    /// Whether errors of its memory are corrected.
    public var errorCorrection: Bool?
    /// Whether it is cut into several (multi-instance GPU).
    public var isCut: Bool?
    /// The link to the machine.
    public var link: Link?

    /// Describes a device.
    public init(
        name: String, memoryBytes: Int64? = nil, driver: String? = nil, cuda: String? = nil, capability: String? = nil,
        clocks: Clocks? = nil, powerLimitWatts: Double? = nil, temperature: Int? = nil, persistence: Bool? = nil,
        computeMode: String? = nil, errorCorrection: Bool? = nil, isCut: Bool? = nil, link: Link? = nil
    ) {
        self.name = name
        self.memoryBytes = memoryBytes
        self.driver = driver
        self.cuda = cuda
        self.capability = capability
        self.clocks = clocks
        self.powerLimitWatts = powerLimitWatts
        self.temperature = temperature
        self.persistence = persistence
        self.computeMode = computeMode
        self.errorCorrection = errorCorrection
        self.isCut = isCut
        self.link = link
    }

    /// What makes it another device to who compares times: the name, the memory, the driver, and how it is set up.
    public var identity: String {
        var words = [name]
        if let memoryBytes { words.append(MetricUnit.bytes.format(Double(memoryBytes))) }
        if let driver { words.append("driver \(driver)") }
        if isCut == true { words.append("cut") }
        if errorCorrection == false { words.append("without error correction") }
        if let powerLimitWatts { words.append("\(Int(powerLimitWatts.rounded())) W") }
        return words.joined(separator: ", ")
    }
}

extension Accelerator: Codable {
    private enum CodingKeys: CodingKey {
        case name, memoryBytes, driver, cuda, capability, clocks, powerLimitWatts, temperature, persistence, computeMode
        case errorCorrection, isCut, link
    }

    /// Reads a description, or the name alone.
    public init(from decoder: any Decoder) throws {
        if let name = try? decoder.singleValueContainer().decode(String.self) {
            self.init(name: name)
            return
        }
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            name: try values.decode(String.self, forKey: .name),
            memoryBytes: try values.decodeIfPresent(Int64.self, forKey: .memoryBytes),
            driver: try values.decodeIfPresent(String.self, forKey: .driver),
            cuda: try values.decodeIfPresent(String.self, forKey: .cuda),
            capability: try values.decodeIfPresent(String.self, forKey: .capability),
            clocks: try values.decodeIfPresent(Clocks.self, forKey: .clocks),
            powerLimitWatts: try values.decodeIfPresent(Double.self, forKey: .powerLimitWatts),
            temperature: try values.decodeIfPresent(Int.self, forKey: .temperature),
            persistence: try values.decodeIfPresent(Bool.self, forKey: .persistence),
            computeMode: try values.decodeIfPresent(String.self, forKey: .computeMode),
            errorCorrection: try values.decodeIfPresent(Bool.self, forKey: .errorCorrection),
            isCut: try values.decodeIfPresent(Bool.self, forKey: .isCut),
            link: try values.decodeIfPresent(Link.self, forKey: .link))
    }
}
