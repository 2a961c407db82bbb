import CVectorKernels
import Operators
import Tensors

/// The weights of a recurrent network in the order that vector kernels read them.
final class PackedRecurrence: Sendable {
    /// Where the parts of one direction start, in floats.
    struct Places {
        let input: Int
        let recurrent: Int
        let bias: Int
        let recurrentBias: Int
        let count: Int

        init(_ form: RecurrentForm, lanes: Int) {
            let row = (form.hidden + lanes - 1) / lanes * lanes * form.gates
            input = 0
            recurrent = row * form.inputs
            bias = recurrent + row * form.hidden
            recurrentBias = bias + row
            count = recurrentBias + row
        }
    }

    /// The tensors it was made of, whose addresses are known by this as long as it lives.
    let tensors: [Tensor]
    let memory: AlignedMemory

    /// What tells packed weights apart.
    struct Key: Hashable {
        let addresses: [UInt]
        let cell: Kernel.Recurrence.Cell
    }

    /// The packed weights of constant tensors, shared by all who ask for them; `nil` where these cannot be read in place.
    static func shared(_ tensors: [Tensor], _ form: RecurrentForm, _ library: OneDNNLibrary) -> PackedRecurrence? {
        library.recurrentWeights.object(Key(addresses: tensors.map(\.storageAddress), cell: form.recurrence.cell)) {
            PackedRecurrence(tensors, form, library.vectors)
        }
    }

    private init?(_ tensors: [Tensor], _ form: RecurrentForm, _ vectors: VectorKernels) {
        guard tensors.count >= 2 else { return nil }
        var addresses: [UnsafeRawPointer] = []
        for tensor in tensors {
            guard let address = tensor.bytes?.withUnsafeBytes({ $0.baseAddress }),
                UInt(bitPattern: address) % UInt(MemoryLayout<Float>.alignment) == 0
            else { return nil }
            addresses.append(address)
        }
        self.tensors = tensors
        let count = Places(form, lanes: vectors.lanes).count
        memory = AlignedMemory(byteCount: form.directions * count * MemoryLayout<Float>.stride)
        Self.pack(
            addresses[0], addresses[1], addresses.count > 2 ? addresses[2] : nil, form, vectors,
            into: memory.pointer)
    }

    /// Packs the weights of all directions, one after the other.
    static func pack(
        _ weights: UnsafeRawPointer, _ recurrent: UnsafeRawPointer, _ bias: UnsafeRawPointer?, _ form: RecurrentForm,
        _ vectors: VectorKernels, into memory: UnsafeMutableRawPointer
    ) {
        let (functions, places) = (vectors.recurrent, Places(form, lanes: vectors.lanes))
        let (gates, hidden, inputs) = (Int64(form.gates), Int64(form.hidden), Int64(form.inputs))
        let rows = form.gates * form.hidden
        // The candidate of a unit that resets after the product keeps the recurrent bias apart.
        let shared = form.recurrence.cell == .gatedUnit(resetsAfter: true) ? 2 : gates
        for direction in 0..<form.directions {
            let to = memory.assumingMemoryBound(to: Float.self) + direction * places.count
            let from = { (base: UnsafeRawPointer, count: Int) in
                base.assumingMemoryBound(to: Float.self) + direction * count
            }
            functions.pack(to + places.input, from(weights, rows * form.inputs), gates, hidden, inputs)
            functions.pack(to + places.recurrent, from(recurrent, rows * form.hidden), gates, hidden, hidden)
            let biases = bias.map { from($0, 2 * rows) }
            functions.packBias(to + places.bias, biases, biases.map { $0 + rows }, shared, gates, hidden)
            functions.packBias(to + places.recurrentBias, biases.map { $0 + rows }, nil, 0, gates, hidden)
        }
    }
}
