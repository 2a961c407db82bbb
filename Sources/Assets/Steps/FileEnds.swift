public import Specs
import Tensors

/// The first, middle and last bytes of a file as integers: the features of the Magika models.
public struct FileEnds: Step, SampleTransform {
    /// Values of the beginning.
    public var begin: Int
    /// Values of the middle.
    public var middle: Int
    /// Values of the end.
    public var end: Int
    /// Bytes looked at on each side.
    public var block: Int
    /// The value that stands for no byte.
    public var padding: Int

    /// Makes the step.
    public init(begin: Int, middle: Int, end: Int, block: Int, padding: Int) {
        self.begin = begin
        self.middle = middle
        self.end = end
        self.block = block
        self.padding = padding
    }

    /// The parameters.
    public static let spec = SpecObject(
        "fileEnds",
        "The first, middle and last bytes of a file as i32: white space is stripped outside, what is missing is padded "
            + "(Magika's features, version 2; its models state these numbers in config.min.json).",
        initial: FileEnds(begin: 1024, middle: 0, end: 1024, block: 4096, padding: 256),
        [
            .required("begin", \.begin, .int(0...1_048_576), "Values of the beginning, padded behind."),
            SpecField("middle", \.middle, .int(0...1_048_576), "Values of the middle, padded on both sides."),
            .required("end", \.end, .int(0...1_048_576), "Values of the end, padded in front."),
            .required("block", \.block, .int(1...1_048_576), "Bytes looked at on each side before stripping."),
            .required("padding", \.padding, .int(-32768...65535), "The value that stands for no byte."),
        ],
        rules: [
            { step in
                step.begin + step.middle + step.end > 0 && max(step.begin, step.middle, step.end) < step.block
                    ? nil
                    : SpecViolation(
                        key: "block", "block must be larger than begin, middle and end, and one of them not 0")
            }
        ])

    /// One unnamed tensor.
    public func outputKind(of kind: SampleKind) throws(AssetError) -> SampleKind {
        guard kind == .file else { throw mismatch(kind, needs: "a file") }
        return .tensors([""])
    }

    /// Takes the ends of one file.
    public func apply(_ sample: Sample, subject: String) throws(AssetError) -> Sample {
        guard case .file(let file) = sample else { throw mismatch(sample.kind, needs: "a file") }
        let size = file.bytes.count
        let looked = min(block, size)
        let values =
            beginning(part(file.bytes, 0..<looked)) + center(file.bytes, size: size)
            + ending(part(file.bytes, (size - looked)..<size))
        let tensor = try tensor(subject) { () throws(TensorError) in try Tensor(values, shape: [values.count]) }
        return .tensors([NamedTensor(name: "", tensor: tensor)])
    }

    private func part(_ bytes: Bytes, _ range: Range<Int>) -> [UInt8] { bytes.slice(range)?.array ?? [] }

    private func beginning(_ bytes: [UInt8]) -> [Int32] {
        let kept = bytes.drop(while: Self.isSpace).prefix(begin).map { Int32($0) }
        return kept + [Int32](repeating: Int32(padding), count: begin - kept.count)
    }

    private func center(_ bytes: Bytes, size: Int) -> [Int32] {
        let count = min(size, middle)
        let start = (size - count) / 2
        let kept = part(bytes, start..<(start + count)).map { Int32($0) }
        let left = (middle - count) / 2
        return [Int32](repeating: Int32(padding), count: left) + kept
            + [Int32](repeating: Int32(padding), count: middle - count - left)
    }

    private func ending(_ bytes: [UInt8]) -> [Int32] {
        var stripped = bytes[...]
        while let last = stripped.last, Self.isSpace(last) { stripped.removeLast() }
        let kept = stripped.suffix(end).map { Int32($0) }
        return [Int32](repeating: Int32(padding), count: end - kept.count) + kept
    }

    /// Space, tab, line feed, vertical tab, form feed and carriage return: what Python's `bytes.strip` takes off.
    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
