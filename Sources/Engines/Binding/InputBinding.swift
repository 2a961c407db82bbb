package import Tensors

/// An engine's handle over the memory of one input tensor, kept until another tensor is fed.
package struct InputBinding<Handle: AnyObject> {
    /// What the memory belongs to: keeps it alive, and its address from being used again.
    private var tensor: Tensor?
    /// An aligned copy, where the tensor's own bytes lie badly.
    private var copy: Bytes?
    private var handle: Handle?
    private var address: UnsafeRawPointer?

    /// The alignment below which vector code may slow down or trap, in bytes.
    private static var alignment: UInt { 64 }

    /// Makes a binding to which nothing was fed yet.
    package init() {}

    /// The handle over a tensor's memory, and whether it was made anew, since the tensor is another one than last time.
    ///
    /// - Parameter make: makes a handle over memory that this binding keeps alive; `nil` for a tensor of strings.
    /// - Throws: what `make` throws.
    package mutating func handle(
        for tensor: Tensor, make: (UnsafeMutableRawPointer?) throws(EngineError) -> Handle
    ) throws(EngineError) -> (handle: Handle, isNew: Bool) {
        guard case .bytes(let bytes) = tensor.storage else {
            let handle = try make(nil)
            (self.tensor, self.copy, self.handle, self.address) = (tensor, nil, handle, nil)
            return (handle, true)
        }
        let address = bytes.withUnsafeBytes { $0.baseAddress }
        if let handle, let known = self.tensor, self.address == address, known.elementType == tensor.elementType,
            known.shape == tensor.shape
        {
            return (handle, false)
        }
        let isAligned = UInt(bitPattern: address) % Self.alignment == 0
        let copy = isAligned ? nil : bytes.withUnsafeBytes { Bytes(copying: $0) }
        let memory = (copy ?? bytes).withUnsafeBytes { UnsafeMutableRawPointer(mutating: $0.baseAddress) }
        let handle = try make(memory)
        (self.tensor, self.copy, self.handle, self.address) = (tensor, copy, handle, address)
        return (handle, true)
    }
}
