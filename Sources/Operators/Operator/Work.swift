public import Graphs
import Tensors

/// The arithmetic and memory traffic of one call, counted from shapes.
public struct Work: Sendable, Hashable {
    /// Floating-point or integer operations; a multiply-add counts as two.
    public var operations: Double
    /// Bytes of inputs read once.
    public var bytesRead: Double
    /// Bytes of outputs written once.
    public var bytesWritten: Double

    /// Makes a count.
    public init(operations: Double, bytesRead: Double, bytesWritten: Double) {
        self.operations = operations
        self.bytesRead = bytesRead
        self.bytesWritten = bytesWritten
    }

    /// No work.
    public static let zero = Work(operations: 0, bytesRead: 0, bytesWritten: 0)

    /// The sum of two counts.
    public static func + (left: Work, right: Work) -> Work {
        Work(
            operations: left.operations + right.operations, bytesRead: left.bytesRead + right.bytesRead,
            bytesWritten: left.bytesWritten + right.bytesWritten)
    }

    /// Reading every input and writing every output once; values of unknown shape count nothing.
    public static func traffic(_ site: CallSite, outputs: [ValueType?], operations: Double = 0) -> Work {
        Work(
            operations: operations,
            bytesRead: site.operands.reduce(0) { $0 + byteCount($1?.type) },
            bytesWritten: outputs.reduce(0) { $0 + byteCount($1) })
    }

    /// The number of elements of a tensor type whose shape is fully known, else 0.
    public static func elementCount(_ type: ValueType?) -> Double {
        guard case .tensor(_, let shape?)? = type, let shape = shape.shape else { return 0 }
        return shape.reduce(1) { $0 * Double($1) }
    }

    private static func byteCount(_ type: ValueType?) -> Double {
        guard case .tensor(let element, _)? = type else { return 0 }
        return elementCount(type) * Double(element.bitWidth) / 8
    }
}
