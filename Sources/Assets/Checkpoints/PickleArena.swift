/// The containers and objects of one pickle, by position, bounded in number.
struct PickleArena: Sendable {
    /// The most values all containers may hold together.
    static let capacity = 1 << 20

    private(set) var sequences: [[PickleValue]] = []
    private(set) var mappings: [[(key: PickleValue, value: PickleValue)]] = []
    private(set) var numpyTypes: [NumpyType] = []
    private(set) var numpyArrays: [NumpyArray] = []
    private(set) var tensors: [TensorView] = []
    private var used = 0

    /// Takes room for some values; false when the pickle holds too many.
    private mutating func take(_ count: Int) -> Bool {
        used += count + 1
        return used <= PickleArena.capacity
    }

    mutating func add(sequence: [PickleValue]) -> PickleValue? {
        guard take(sequence.count) else { return nil }
        sequences.append(sequence)
        return .sequence(sequences.count - 1)
    }

    mutating func append(_ values: some Collection<PickleValue>, toSequence index: Int) -> Bool {
        guard take(values.count) else { return false }
        sequences[index].append(contentsOf: values)
        return true
    }

    mutating func addMapping() -> PickleValue? {
        guard take(0) else { return nil }
        mappings.append([])
        return .mapping(mappings.count - 1)
    }

    mutating func set(_ value: PickleValue, for key: PickleValue, inMapping index: Int) -> Bool {
        guard take(2) else { return false }
        mappings[index].append((key, value))
        return true
    }

    mutating func add(_ type: NumpyType) -> PickleValue? {
        guard take(1) else { return nil }
        numpyTypes.append(type)
        return .numpyType(numpyTypes.count - 1)
    }

    mutating func replace(numpyType index: Int, with type: NumpyType) { numpyTypes[index] = type }

    mutating func add(_ array: NumpyArray) -> PickleValue? {
        guard take(1) else { return nil }
        numpyArrays.append(array)
        return .numpyArray(numpyArrays.count - 1)
    }

    mutating func replace(numpyArray index: Int, with array: NumpyArray) { numpyArrays[index] = array }

    mutating func add(_ view: TensorView) -> PickleValue? {
        guard take(1) else { return nil }
        tensors.append(view)
        return .tensor(tensors.count - 1)
    }
}
