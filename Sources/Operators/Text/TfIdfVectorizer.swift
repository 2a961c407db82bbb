import Graphs
import Tensors

/// How often each n-gram of a pool occurs in a sequence of tokens, weighted where that is asked for.
///
/// The tokens of an n-gram may stand apart: neighbours are counted at every distance up to `max_skip_count` + 1. A weight
/// belongs to the n-gram of its place in the pool, whatever coordinate of the result that n-gram has.
struct TfIdfVectorizer: Operator {
    let name = "TfIdfVectorizer"
    let family = OperatorFamily.text
    let agreement = Agreement.rounding
    let signature = Signature(
        inputs: [.init("X", [.string, .int32, .int64])], outputs: [.init("Y", [.float32])],
        attributes: [
            .init("max_gram_length", isRequired: true), .init("max_skip_count", isRequired: true),
            .init("min_gram_length", isRequired: true), .init("mode", isRequired: true),
            .init("ngram_counts", isRequired: true), .init("ngram_indexes", isRequired: true), .init("pool_int64s"),
            .init("pool_strings"), .init("weights"),
        ], versions: [9])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let dimensions = site.shape(0)?.dimensions else { return [.tensor(.float32, nil)] }
        let width = try attributes(site).ints("ngram_indexes").max().map { $0 &+ 1 } ?? 0
        return [.tensor(.float32, SymbolicShape(dimensions.dropLast() + [.fixed(width)]))]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let attributes = attributes(call)
        let data = try call.tensor(0)
        guard data.shape.rank <= 2 else {
            throw OperatorError(.shape, subject: call.path, reason: "tokens of shape \(data.shape) are no rows")
        }
        let length = data.shape.dimensions.last ?? 1
        let rows = data.shape.rank == 2 ? data.shape[0] : 1
        let shape: [Int]
        let counts: [[Int]]
        if data.elementType == .string {
            let pool = try NGramPool(try attributes.optionalStrings("pool_strings"), attributes)
            counts = try pool.counts(try data.texts(call.path), rows: rows, length: length, call.path)
            shape = data.shape.dimensions.dropLast() + [pool.width]
        } else {
            let pool = try NGramPool(try attributes.optionalInts("pool_int64s"), attributes)
            counts = try pool.counts(try data.integers(call.path), rows: rows, length: length, call.path)
            shape = data.shape.dimensions.dropLast() + [pool.width]
        }
        let weighting = try NGramWeighting(attributes, width: shape[shape.count - 1])
        return [try .make(counts.flatMap(weighting.weigh), Shape(shape), call.path)]
    }

    var examples: [Example] {
        let pool: [Attribute] = [
            .init("ngram_counts", .ints([0, 2])), .init("ngram_indexes", .ints([0, 1, 2, 3])),
            .init("min_gram_length", .int(1)), .init("max_gram_length", .int(2)),
        ]
        func numbers(_ mode: String, skips: Int) -> [Attribute] {
            pool + [
                .init("pool_int64s", .ints([2, 3, 5, 4, 7, 8])), .init("mode", .string(mode)),
                .init("max_skip_count", .int(skips)), .init("weights", .floats([1, 2, 3, 4])),
            ]
        }
        let words = ["a", "b", "c", "d", "e", "f"].map { Bytes(copying: $0.utf8) }
        let tokens = Value.ints([2, 2, 5, 4, 3, 7, 0, 8], [2, 4])
        return [
            Example(
                "frequencies", opset: 9, attributes: numbers("TF", skips: 0), inputs: [tokens],
                expected: [.floats([2, 0, 1, 0, 0, 1, 0, 0], [2, 4])], isDifferentiable: false),
            Example(
                "weighted, with skips", opset: 9, attributes: numbers("TFIDF", skips: 1), inputs: [tokens],
                expected: [.floats([2, 0, 3, 0, 0, 2, 0, 4], [2, 4])], isDifferentiable: false),
            Example(
                "weights of what occurs", opset: 9, attributes: numbers("IDF", skips: 0), inputs: [tokens],
                expected: [.floats([1, 0, 3, 0, 0, 2, 0, 0], [2, 4])], isDifferentiable: false),
            Example(
                "words", opset: 9,
                attributes: pool + [
                    .init("pool_strings", .strings(words)), .init("mode", .string("TF")),
                    .init("max_skip_count", .int(0)),
                ], inputs: [.strings(["a", "c", "d", "a"])], expected: [.floats([2, 0, 1, 0])],
                isDifferentiable: false),
        ]
    }
}
