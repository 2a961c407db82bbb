/// What a worker says first.
public struct WorkerHello: Codable, Sendable, Hashable {
    /// The version of the protocol it speaks.
    public var protocolVersion: Int
    /// A hash of the worker's executable, by which two machines know that they run the same build.
    public var build: String
    /// Its process number on its own machine.
    public var process: Int

    enum CodingKeys: String, CodingKey {
        case protocolVersion = "protocol"
        case build, process
    }
}
