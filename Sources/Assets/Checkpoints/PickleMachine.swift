import Tensors

/// Runs a pickle that may contain nothing but plain data and tensors.
///
/// Python's own machine calls whatever a file names. This one knows a closed list of instructions and globals
/// (``PickleOpcode``, ``PickleGlobal``) and refuses a file that uses any other, naming the byte.
struct PickleMachine {
    private var reader: PickleReader
    private(set) var arena = PickleArena()
    private var stack: [PickleValue] = []
    private var memo: [Int: PickleValue] = [:]

    /// Starts at a byte of a file.
    init(_ bytes: Bytes, position: Int = 0, subject: String) {
        reader = PickleReader(bytes, position: position, subject: subject)
    }

    /// The byte after the pickle once it has run.
    var position: Int { reader.position }

    /// An error at the present byte, for the readers of the formats around the pickle.
    func malformed(_ reason: String) -> AssetError { reader.malformed(reason) }

    /// Runs the pickle and returns its value.
    ///
    /// - Throws: `AssetError` of code `malformed`, `refusedCheckpoint` or `limitExceeded`.
    mutating func run() throws(AssetError) -> PickleValue {
        while true {
            let start = reader.position
            let code = try reader.byte()
            guard let opcode = PickleOpcode(rawValue: code) else {
                let name = PickleOpcode.refused[code].map { " (\($0))" } ?? ""
                throw reader.refused(at: start, "instruction 0x\(String(code, radix: 16))\(name) is refused")
            }
            if opcode == .stop {
                let value = try pop()
                guard stack.isEmpty else { throw malformed("values are left over at the end of the pickle") }
                return value
            }
            try execute(opcode, at: start)
            guard stack.count <= PickleArena.capacity else {
                throw AssetError(.limitExceeded, subject: reader.subject, reason: "the pickle's stack grows too high")
            }
        }
    }

    private mutating func execute(_ opcode: PickleOpcode, at start: Int) throws(AssetError) {
        switch opcode {
        case .proto:
            let version = try reader.byte()
            guard version <= 5 else { throw reader.refused(at: start, "pickle protocol \(version) is not known") }
        case .frame: _ = try reader.unsigned(8)
        case .pop: _ = try pop()
        case .popMark: _ = try popToMark()
        case .mark: stack.append(.mark)
        case .global, .stackGlobal: try pushGlobal(opcode, at: start)
        case .reduce, .build, .binPersistentID: try makeObject(opcode, at: start)
        case .binGet, .longBinGet, .binPut, .longBinPut, .memoize: try useMemo(opcode)
        case .emptyTuple, .emptyList, .emptyDictionary, .tuple, .tuple1, .tuple2, .tuple3: try makeContainer(opcode)
        case .append, .appends, .setItem, .setItems: try fillContainer(opcode)
        default: try pushScalar(opcode)
        }
    }

    // MARK: The stack

    private mutating func pop() throws(AssetError) -> PickleValue {
        guard let value = stack.popLast(), value != .mark else {
            throw malformed("the pickle takes a value it never made")
        }
        return value
    }

    private mutating func popToMark() throws(AssetError) -> [PickleValue] {
        guard let mark = stack.lastIndex(of: .mark) else {
            throw malformed("the pickle closes a group it never opened")
        }
        let values = Array(stack[(mark + 1)...])
        stack.removeSubrange(mark...)
        return values
    }

    private mutating func push(_ value: PickleValue?) throws(AssetError) {
        guard let value else { throw tooLarge() }
        stack.append(value)
    }

    private func tooLarge() -> AssetError {
        AssetError(
            .limitExceeded, subject: reader.subject, reason: "the pickle holds more than \(PickleArena.capacity) values"
        )
    }

    // MARK: Instructions

    private mutating func pushScalar(_ opcode: PickleOpcode) throws(AssetError) {
        switch opcode {
        case .none: stack.append(.none)
        case .newTrue: stack.append(.bool(true))
        case .newFalse: stack.append(.bool(false))
        case .binInt1: stack.append(.int(try reader.unsigned(1)))
        case .binInt2: stack.append(.int(try reader.unsigned(2)))
        case .binInt: stack.append(.int(try reader.signed(4) ?? 0))
        case .long1:
            let width = try reader.unsigned(1)
            let start = reader.position
            // PyTorch's magic number has ten bytes; a number that fits no 64 bits is kept as its bytes.
            if let value = try reader.signed(width) {
                stack.append(.int(value))
            } else if let digits = reader.bytes.slice(start..<(start + width)) {
                stack.append(.bytes(digits))
            }
        case .binFloat: stack.append(.float(try reader.float()))
        case .shortBinUnicode: stack.append(.text(try reader.text(reader.unsigned(1))))
        case .binUnicode: stack.append(.text(try reader.text(reader.unsigned(4))))
        case .binUnicode8: stack.append(.text(try reader.text(reader.unsigned(8))))
        case .shortBinBytes, .shortBinString: stack.append(.bytes(try reader.data(reader.unsigned(1))))
        case .binBytes, .binString: stack.append(.bytes(try reader.data(reader.unsigned(4))))
        case .binBytes8: stack.append(.bytes(try reader.data(reader.unsigned(8))))
        default: throw malformed("an instruction out of place")
        }
    }

    private mutating func pushGlobal(_ opcode: PickleOpcode, at start: Int) throws(AssetError) {
        let module: String
        let name: String
        if opcode == .global {
            module = try reader.line()
            name = try reader.line()
        } else {
            guard case .text(let second) = try pop(), case .text(let first) = try pop() else {
                throw malformed("the name of a global is no text")
            }
            (module, name) = (first, second)
        }
        guard let global = PickleGlobal(module: module, name: name) else {
            let opcodeName = opcode == .global ? "GLOBAL" : "STACK_GLOBAL"
            throw reader.refused(at: start, "global '\(module).\(name)' (\(opcodeName)) is refused")
        }
        stack.append(.global(global))
    }

    private mutating func useMemo(_ opcode: PickleOpcode) throws(AssetError) {
        switch opcode {
        case .binGet, .longBinGet:
            let slot = try reader.unsigned(opcode == .binGet ? 1 : 4)
            guard let value = memo[slot] else { throw malformed("memo \(slot) is empty") }
            stack.append(value)
        default:
            let slot: Int
            switch opcode {
            case .binPut: slot = try reader.unsigned(1)
            case .longBinPut: slot = try reader.unsigned(4)
            default: slot = memo.count
            }
            guard let value = stack.last, value != .mark else { throw malformed("nothing to remember") }
            guard memo.count < PickleArena.capacity else { throw tooLarge() }
            memo[slot] = value
        }
    }

    private mutating func makeContainer(_ opcode: PickleOpcode) throws(AssetError) {
        switch opcode {
        case .emptyTuple, .emptyList: try push(arena.add(sequence: []))
        case .emptyDictionary: try push(arena.addMapping())
        case .tuple: try push(arena.add(sequence: popToMark()))
        default:
            var values: [PickleValue] = []
            let count = opcode == .tuple1 ? 1 : opcode == .tuple2 ? 2 : 3
            for _ in 0..<count { values.append(try pop()) }
            try push(arena.add(sequence: values.reversed()))
        }
    }

    private mutating func fillContainer(_ opcode: PickleOpcode) throws(AssetError) {
        let values: [PickleValue]
        switch opcode {
        case .append: values = [try pop()]
        case .setItem:
            let value = try pop()
            values = [try pop(), value]
        default: values = try popToMark()
        }
        switch (opcode, stack.last) {
        case (.append, .sequence(let index)), (.appends, .sequence(let index)):
            guard arena.append(values, toSequence: index) else { throw tooLarge() }
        case (.setItem, .mapping(let index)), (.setItems, .mapping(let index)):
            guard values.count % 2 == 0 else { throw malformed("a key without a value") }
            for position in stride(from: 0, to: values.count, by: 2) {
                guard arena.set(values[position + 1], for: values[position], inMapping: index) else { throw tooLarge() }
            }
        default: throw malformed("values are added to something that holds none")
        }
    }

    private mutating func makeObject(_ opcode: PickleOpcode, at start: Int) throws(AssetError) {
        var maker = PickleObjects(reader: reader, arena: arena, start: start)
        // The arena moves into the maker and back: were it shared, every object would copy all of it.
        arena = PickleArena()
        let result: PickleValue
        switch opcode {
        case .reduce:
            let arguments = try pop()
            result = try maker.call(try pop(), arguments)
        case .build:
            let state = try pop()
            let target = try pop()
            try maker.build(target, state)
            result = target
        default: result = try maker.persistent(try pop())
        }
        arena = maker.arena
        stack.append(result)
    }
}
