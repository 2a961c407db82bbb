import Foundation
import Tensors

extension Tensor {
    /// The elements in exactly their own Swift type.
    func elements<T: TensorScalar>(_ path: String) throws(OperatorError) -> [T] {
        do { return try values(of: T.self) } catch {
            throw OperatorError(.type, subject: path, reason: error.description)
        }
    }

    /// The elements of a small integer tensor.
    func integers(_ path: String) throws(OperatorError) -> [Int] {
        do {
            switch elementType {
            case .int64: return try values(of: Int64.self).map { Int(clamping: $0) }
            case .int32: return try values(of: Int32.self).map { Int($0) }
            case .uint8: return try values(of: UInt8.self).map { Int($0) }
            case .int8: return try values(of: Int8.self).map { Int($0) }
            case .uint16: return try values(of: UInt16.self).map { Int($0) }
            case .int16: return try values(of: Int16.self).map { Int($0) }
            case .uint32: return try values(of: UInt32.self).map { Int(clamping: $0) }
            case .uint64: return try values(of: UInt64.self).map { Int(clamping: $0) }
            default: break
            }
        } catch {
            throw OperatorError(.type, subject: path, reason: error.description)
        }
        throw OperatorError(.type, subject: path, reason: "\(elementType.name)[\(shape)] does not hold integers")
    }

    /// A tensor of values computed by a kernel.
    static func make<T: TensorScalar>(_ values: [T], _ shape: Shape, _ path: String) throws(OperatorError) -> Tensor {
        do { return try Tensor(values, shape: shape) } catch {
            throw OperatorError(.shape, subject: path, reason: error.description)
        }
    }

    /// The same elements under another shape.
    func reshaped(_ shape: Shape, _ path: String) throws(OperatorError) -> Tensor {
        do { return try reshaped(to: shape) } catch {
            throw OperatorError(.shape, subject: path, reason: error.description)
        }
    }
}

extension Value {
    /// A tensor of values computed by a kernel.
    static func make<T: TensorScalar>(_ values: [T], _ shape: Shape, _ path: String) throws(OperatorError) -> Value {
        .tensor(try Tensor.make(values, shape, path))
    }
}

extension Shape {
    /// The number of elements of a shape a kernel is about to allocate.
    ///
    /// - Throws: `OperatorError` of code `shape` when an extent is negative or the product exceeds what memory holds.
    func allocatableCount(_ path: String) throws(OperatorError) -> Int {
        guard isAllocatable else {
            throw OperatorError(.shape, subject: path, reason: "no memory holds a result of shape \(self)")
        }
        return elementCount
    }

    /// Whether the machine's memory holds a tensor of this shape; no count of its bytes overflows then.
    package var isAllocatable: Bool { checkedElementCount.map { $0 <= Shape.largestCount } ?? false }

    /// As many elements of 8 bytes as the machine's memory holds.
    private static let largestCount = Int(clamping: ProcessInfo.processInfo.physicalMemory / 8)
}
