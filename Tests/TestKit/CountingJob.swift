public import Engines
import Foundation
public import Tensors

/// A job that counts and says so: for tests of events, cancellation and attached tensors.
public enum CountingJob: WorkerJob {
    /// How far to count, and how slowly.
    public struct Request: Codable, Sendable {
        /// The number of events.
        public var count: Int
        /// The pause before each, in microseconds.
        public var microseconds: Int
        /// A tensor to give back.
        public var tensor: AttachedTensor

        /// Makes a request.
        public init(count: Int, microseconds: Int, tensor: Tensor) {
            self.count = count
            self.microseconds = microseconds
            self.tensor = AttachedTensor(tensor)
        }
    }

    /// What it gives back.
    public struct Response: Codable, Sendable {
        /// How far it counted.
        public var counted: Int
        /// The tensor of the request.
        public var tensor: AttachedTensor
    }

    /// `count`.
    public static let name = "count"

    /// Counts.
    public static func run(_ request: Request, in context: JobContext<Int>) throws(EngineError) -> Response {
        for number in 0..<request.count {
            if context.isCancelled { throw EngineError(.cancelled, subject: name, reason: "at \(number)") }
            usleep(UInt32(request.microseconds))
            context.emit(number)
        }
        return Response(counted: request.count, tensor: request.tensor)
    }
}
