public import Tensors

/// Decompression of deflate streams (RFC 1951), bounded by a limit on the output.
public struct Inflate {
    /// What a stream decompressed to, and how many bytes of input it took.
    public struct Result: Sendable {
        /// The decompressed bytes.
        public var output: [UInt8]
        /// Bytes of the input up to the end of the stream.
        public var consumed: Int
    }

    private var bits = BitWindow()
    private var output: [UInt8] = []
    private let limit: Int
    private let subject: String

    private init(limit: Int, expected: Int?, subject: String) {
        self.limit = limit
        self.subject = subject
        output.reserveCapacity(min(limit, expected ?? 0))
    }

    /// Decompresses one stream.
    ///
    /// - Parameters:
    ///   - input: bytes that begin with a deflate stream; others may follow.
    ///   - limit: the most bytes it may expand to.
    ///   - expected: the size its container states, where known: memory is reserved for it, never more than the limit.
    ///   - subject: what messages call the stream.
    /// - Throws: `AssetError` of code `malformed` or `limitExceeded`.
    public static func decompress(
        _ input: Bytes, limit: Int, expected: Int? = nil, subject: String
    ) throws(AssetError) -> Result {
        try input.withByteSpan { (span: Span<UInt8>) throws(AssetError) -> Result in
            var inflate = Inflate(limit: limit, expected: expected, subject: subject)
            try inflate.run(span)
            return Result(output: inflate.output, consumed: inflate.bits.consumed)
        }
    }

    private mutating func run(_ input: Span<UInt8>) throws(AssetError) {
        var last = false
        while !last {
            last = try take(1, input) == 1
            switch try take(2, input) {
            case 0: try storedBlock(input)
            case 1: try compressedBlock(input, literals: Inflate.fixedLiterals, distances: Inflate.fixedDistances)
            case 2:
                let (literals, distances) = try dynamicTables(input)
                try compressedBlock(input, literals: literals, distances: distances)
            default: throw malformed("block type 3 does not exist")
            }
        }
    }

    private func malformed(_ reason: String) -> AssetError {
        AssetError(
            .malformed, subject: "\(subject), compressed byte \(bits.consumed)", reason: reason,
            remedy: "fetch the file again")
    }

    private mutating func take(_ count: Int, _ input: Span<UInt8>) throws(AssetError) -> Int {
        bits.refill(input)
        guard let value = bits.take(count) else { throw malformed("the compressed data end early") }
        return value
    }

    private func checkRoom(for count: Int) throws(AssetError) {
        guard count <= limit - output.count else {
            throw AssetError(.limitExceeded, subject: subject, reason: "it expands to more than \(limit) bytes")
        }
    }

    private mutating func storedBlock(_ input: Span<UInt8>) throws(AssetError) {
        bits.alignToByte()
        let length = try take(16, input)
        guard try take(16, input) == ~length & 0xFFFF else {
            throw malformed("the length of a stored block contradicts its complement")
        }
        try checkRoom(for: length)
        let start = bits.consumed
        guard length <= input.count - start else { throw malformed("a stored block ends early") }
        for index in start..<(start + length) { output.append(input[index]) }
        bits.seek(to: start + length)
    }

    private mutating func compressedBlock(
        _ input: Span<UInt8>, literals: HuffmanTable, distances: HuffmanTable
    ) throws(AssetError) {
        while true {
            bits.refill(input)
            let symbol = try decode(literals)
            if symbol < 256 {
                guard output.count < limit else { return try checkRoom(for: 1) }
                output.append(UInt8(truncatingIfNeeded: symbol))
            } else if symbol == 256 {
                return
            } else {
                // A refilled window holds at least 57 bits: enough for a length, its extra bits, a distance, its extra
                // bits (15 + 5 + 15 + 13 = 48).
                let length = try lengthValue(symbol)
                let distance = try distanceValue(try decode(distances))
                try copyBack(length: length, distance: distance)
            }
        }
    }

    private mutating func decode(_ table: HuffmanTable) throws(AssetError) -> Int {
        guard let (symbol, length) = table.decode(bits.window, available: bits.available) else {
            throw malformed("a code that is not in the table, or the compressed data end early")
        }
        bits.drop(length)
        return symbol
    }

    private mutating func extra(_ count: Int) throws(AssetError) -> Int {
        guard let value = bits.take(count) else { throw malformed("the compressed data end early") }
        return value
    }

    private mutating func lengthValue(_ symbol: Int) throws(AssetError) -> Int {
        guard symbol < 286 else { throw malformed("length code \(symbol) does not exist") }
        let index = symbol - 257
        return Inflate.lengthBases[index] + (try extra(Inflate.lengthExtras[index]))
    }

    private mutating func distanceValue(_ symbol: Int) throws(AssetError) -> Int {
        guard symbol < 30 else { throw malformed("distance code \(symbol) does not exist") }
        let extraBits = symbol < 2 ? 0 : symbol / 2 - 1
        let base = symbol < 2 ? symbol + 1 : ((2 + symbol & 1) << extraBits) + 1
        return base + (try extra(extraBits))
    }

    private mutating func copyBack(length: Int, distance: Int) throws(AssetError) {
        guard distance <= output.count else { throw malformed("a reference points before the start of the output") }
        try checkRoom(for: length)
        var source = output.count - distance
        for _ in 0..<length {
            output.append(output[source])
            source &+= 1
        }
    }

    private mutating func dynamicTables(_ input: Span<UInt8>) throws(AssetError) -> (HuffmanTable, HuffmanTable) {
        let literalCount = try take(5, input) + 257
        let distanceCount = try take(5, input) + 1
        let codeCount = try take(4, input) + 4
        guard literalCount <= 286, distanceCount <= 30 else { throw malformed("too many codes are declared") }
        var codeLengths = [UInt8](repeating: 0, count: 19)
        for position in 0..<codeCount { codeLengths[Inflate.codeOrder[position]] = UInt8(try take(3, input)) }
        guard let codes = HuffmanTable(lengths: codeLengths) else {
            throw malformed("the code of code lengths is not a prefix code")
        }
        let lengths = try codedLengths(input, count: literalCount + distanceCount, codes: codes)
        guard lengths[256] != 0, let literals = HuffmanTable(lengths: lengths[..<literalCount]),
            let distances = HuffmanTable(lengths: lengths[literalCount...])
        else { throw malformed("the codes of a block are not prefix codes") }
        return (literals, distances)
    }

    private mutating func codedLengths(
        _ input: Span<UInt8>, count: Int, codes: HuffmanTable
    ) throws(AssetError) -> [UInt8] {
        var lengths: [UInt8] = []
        while lengths.count < count {
            bits.refill(input)
            let symbol = try decode(codes)
            var value: UInt8 = 0
            var repetitions = 1
            switch symbol {
            case 16:
                guard let previous = lengths.last else { throw malformed("a repetition with nothing before it") }
                value = previous
                repetitions = 3 + (try extra(2))
            case 17: repetitions = 3 + (try extra(3))
            case 18: repetitions = 11 + (try extra(7))
            default: value = UInt8(truncatingIfNeeded: symbol)
            }
            guard lengths.count + repetitions <= count else { throw malformed("more code lengths than codes") }
            lengths.append(contentsOf: repeatElement(value, count: repetitions))
        }
        return lengths
    }

    private static let codeOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    private static let lengthBases = [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258,
    ]
    private static let lengthExtras = [
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
    ]
    private static let fixedLiterals = table((0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 })
    private static let fixedDistances = table([UInt8](repeating: 5, count: 32))

    private static func table(_ lengths: [UInt8]) -> HuffmanTable {
        guard let table = HuffmanTable(lengths: lengths) else { preconditionFailure("RFC 1951 fixes these codes") }
        return table
    }
}
