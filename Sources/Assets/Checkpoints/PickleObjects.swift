import Tensors

/// Makes the objects that plain tensors consist of: what PyTorch's and numpy's own functions would make, and no more.
struct PickleObjects {
    let reader: PickleReader
    var arena: PickleArena
    let start: Int

    init(reader: PickleReader, arena: PickleArena, start: Int) {
        self.reader = reader
        self.arena = arena
        self.start = start
    }

    private func malformed(_ reason: String) -> AssetError {
        AssetError(.malformed, subject: "\(reader.subject), byte \(start)", reason: reason)
    }

    private func bounded(_ value: PickleValue?) throws(AssetError) -> PickleValue {
        guard let value else {
            throw AssetError(
                .limitExceeded, subject: reader.subject,
                reason: "the pickle holds more than \(PickleArena.capacity) values")
        }
        return value
    }

    private func items(_ value: PickleValue) -> [PickleValue]? {
        if case .sequence(let index) = value { arena.sequences[index] } else { nil }
    }

    private func integers(_ value: PickleValue) -> [Int]? {
        guard let items = items(value) else { return nil }
        let numbers = items.compactMap { item -> Int? in
            if case .int(let number) = item { number } else { nil }
        }
        return numbers.count == items.count ? numbers : nil
    }

    // MARK: REDUCE

    mutating func call(_ function: PickleValue, _ arguments: PickleValue) throws(AssetError) -> PickleValue {
        guard case .global(let global) = function, let arguments = items(arguments) else {
            throw reader.refused(at: start, "REDUCE of something that is no global is refused")
        }
        switch global {
        case .orderedDictionary: return try orderedDictionary(arguments)
        case .rebuildTensor, .rebuildTensorVersion2: return try tensor(arguments)
        case .rebuildParameter:
            guard let first = arguments.first, case .tensor = first else {
                throw malformed("a parameter without a tensor")
            }
            return first
        case .numpyReconstruct:
            guard arguments.first == .global(.numpyArrayType) else {
                throw reader.refused(at: start, "an array of a class other than numpy.ndarray is refused")
            }
            return try bounded(arena.add(NumpyArray()))
        case .numpyTypeType: return try numpyType(arguments)
        case .storageType, .numpyArrayType:
            throw reader.refused(at: start, "calling a class with arguments is refused")
        }
    }

    private mutating func orderedDictionary(_ arguments: [PickleValue]) throws(AssetError) -> PickleValue {
        let mapping = try bounded(arena.addMapping())
        guard let pairs = arguments.first else { return mapping }
        guard case .mapping(let index) = mapping, let pairs = items(pairs), arguments.count == 1 else {
            throw malformed("an ordered dictionary made of something else than pairs")
        }
        for pair in pairs {
            guard let pair = items(pair), pair.count == 2 else { throw malformed("an item that is no pair") }
            guard arena.set(pair[1], for: pair[0], inMapping: index) else { return try bounded(nil) }
        }
        return mapping
    }

    /// `(storage, offset, size, stride, …)`; what follows are gradients and hooks, which must be empty.
    private mutating func tensor(_ arguments: [PickleValue]) throws(AssetError) -> PickleValue {
        guard arguments.count >= 4, case .storage(let storage) = arguments[0], case .int(let offset) = arguments[1],
            let shape = integers(arguments[2]), let strides = integers(arguments[3]), shape.count == strides.count,
            offset >= 0
        else { throw malformed("a tensor with unreadable storage, offset, size or stride") }
        if arguments.count > 5, case .mapping(let hooks) = arguments[5], !arena.mappings[hooks].isEmpty {
            throw reader.refused(at: start, "a tensor with backward hooks is refused")
        }
        return try bounded(
            arena.add(TensorView(storage: storage, offset: offset, shape: shape, strides: strides)))
    }

    private mutating func numpyType(_ arguments: [PickleValue]) throws(AssetError) -> PickleValue {
        let code: String
        switch arguments.first {
        case .text(let text): code = text
        case .bytes(let bytes): code = String(decoding: bytes.array, as: UTF8.self)
        default: throw malformed("an element type without a code")
        }
        guard let type = NumpyTypeCode.elementType(code) else {
            throw reader.refused(at: start, "arrays of numpy type '\(code)' are refused")
        }
        return try bounded(arena.add(NumpyType(elementType: type)))
    }

    // MARK: BUILD

    mutating func build(_ target: PickleValue, _ state: PickleValue) throws(AssetError) {
        switch target {
        // PyTorch keeps version numbers of modules as an attribute of the dictionary; no tensor depends on them.
        case .mapping: break
        case .numpyType(let index): try buildType(index, state)
        case .numpyArray(let index): try buildArray(index, state)
        default: throw reader.refused(at: start, "setting the state of an object (BUILD) is refused")
        }
    }

    /// `(3, byte order, sub-array, names, fields, item size, alignment, flags)`.
    private mutating func buildType(_ index: Int, _ state: PickleValue) throws(AssetError) {
        guard let state = items(state), state.count >= 5 else { throw malformed("an element type without a state") }
        guard state[2...4].allSatisfy({ $0 == .none }) else {
            throw reader.refused(at: start, "structured numpy types are refused")
        }
        let order: String
        switch state[1] {
        case .text(let text): order = text
        case .bytes(let bytes): order = String(decoding: bytes.array, as: UTF8.self)
        default: throw malformed("an element type without a byte order")
        }
        var type = arena.numpyTypes[index]
        type.isBigEndian = order == ">"
        arena.replace(numpyType: index, with: type)
    }

    /// `(version, shape, type, is Fortran order, bytes)`.
    private mutating func buildArray(_ index: Int, _ state: PickleValue) throws(AssetError) {
        guard let state = items(state), state.count == 5, let shape = integers(state[1]),
            case .numpyType(let typeIndex) = state[2], case .bool(let isFortran) = state[3],
            case .bytes(let bytes) = state[4]
        else { throw malformed("an array with an unreadable state") }
        let type = arena.numpyTypes[typeIndex]
        let tensor = try NumpyLayout.tensor(
            bytes, type: type, shape: shape, isFortran: isFortran, subject: "\(reader.subject), byte \(start)")
        arena.replace(numpyArray: index, with: NumpyArray(content: tensor))
    }

    // MARK: BINPERSID

    /// `("storage", type, key, location, count, view)`.
    func persistent(_ identifier: PickleValue) throws(AssetError) -> PickleValue {
        guard let parts = items(identifier), parts.count >= 5, parts[0] == .text("storage"),
            case .global(.storageType(let type)) = parts[1], case .text(let key) = parts[2],
            case .int(let count) = parts[4], count >= 0
        else { throw reader.refused(at: start, "a persistent identifier that is no tensor storage is refused") }
        guard parts.count == 5 || parts[5] == .none else {
            throw reader.refused(at: start, "storages that are views of others are refused")
        }
        return .storage(TorchStorage(elementType: type, key: key, count: count))
    }
}
