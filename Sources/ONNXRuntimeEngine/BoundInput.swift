import Engines
import Tensors

/// The value over one input tensor, kept until another tensor is fed.
struct BoundInput {
    /// What the memory belongs to: keeps it alive, and its address from being used again.
    private var tensor: Tensor?
    /// An aligned copy, where the tensor's own bytes lie badly.
    private var copy: Bytes?
    private var value: RuntimeValue?
    private var address: UnsafeRawPointer?

    /// The alignment below which vector code may slow down or trap.
    private static let alignment = 64

    /// The value over a tensor; made anew only when the tensor is another one than last time.
    ///
    /// - Throws: `EngineError`.
    mutating func value(
        for tensor: Tensor, runtime: Runtime, subject: @autoclosure () -> String
    ) throws(EngineError) -> RuntimeValue {
        guard case .bytes(let bytes) = tensor.storage else {
            let value = try RuntimeValue(
                strings: tensor.strings ?? [], shape: tensor.shape, runtime: runtime, subject: subject())
            self = BoundInput(tensor: tensor, copy: nil, value: value, address: nil)
            return value
        }
        let address = bytes.withUnsafeBytes { $0.baseAddress }
        if let value, let known = self.tensor, self.address == address, known.elementType == tensor.elementType,
            known.shape == tensor.shape
        {
            return value
        }
        let copy = Self.isAligned(address) ? nil : bytes.withUnsafeBytes { Bytes(copying: $0) }
        let memory = (copy ?? bytes).withUnsafeBytes { UnsafeMutableRawPointer(mutating: $0.baseAddress) }
        guard let memory else {
            throw EngineError(.invalidInput, subject: subject(), reason: "the tensor has no memory")
        }
        let value = try RuntimeValue(
            over: memory, byteCount: bytes.count, elementType: tensor.elementType, shape: tensor.shape,
            runtime: runtime, subject: subject())
        self = BoundInput(tensor: tensor, copy: copy, value: value, address: address)
        return value
    }

    private static func isAligned(_ address: UnsafeRawPointer?) -> Bool {
        UInt(bitPattern: address) % UInt(alignment) == 0
    }
}
