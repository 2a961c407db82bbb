import Engines
import Graphs
import NativeEngine
import Operators
import TestKit
import Tensors
import Testing

/// Reductions on each instruction set that the machine has, against sums written out.
@Suite(.enabled(if: Installed.folder != nil, Installed.reason))
struct ReductionTests {
    /// What each operator makes of the elements of one result.
    private static let folds: [String: @Sendable ([Double]) -> Double] = [
        "ReduceSum": { $0.reduce(0, +) }, "ReduceMean": { $0.reduce(0, +) / Double($0.count) },
        "ReduceMax": { extreme($0, >) }, "ReduceMin": { extreme($0, <) }, "ReduceProd": { $0.reduce(1, *) },
        "ReduceL1": { $0.reduce(0) { $0 + $1.magnitude } },
        "ReduceL2": { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() },
        "ReduceSumSquare": { $0.reduce(0) { $0 + $1 * $1 } },
    ]

    private static func extreme(_ values: [Double], _ comesFirst: (Double, Double) -> Bool) -> Double {
        if values.contains(where: \.isNaN) { return .nan }
        return values.reduce(values[0]) { comesFirst($1, $0) ? $1 : $0 }
    }

    private static func model(
        _ name: String, _ shape: [Int], axes: [Int], keeps: Bool, before: [Node] = [], constants: [Initializer] = []
    ) -> Model {
        var graph = Graph(
            name: name, inputs: [ValueInfo("x", .tensor(.float32, SymbolicShape(Shape(shape))))],
            outputs: [ValueInfo("y")])
        graph.initializers = [Initializer(name: "axes", tensor: Tensor(axes.map(Int64.init)))] + constants
        graph.nodes =
            before + [
                Node(
                    name, inputs: [before.last?.outputs[0] ?? "x", "axes"], outputs: ["y"],
                    attributes: [Attribute("keepdims", .int(keeps ? 1 : 0))])
            ]
        return Model(opsets: ["": 18], graph: graph)
    }

    private static func run(
        _ model: Model, _ input: Tensor, _ set: VectorSet, threads: Int = 1
    ) throws -> Tensor {
        let source = ModelSource(name: "test", bytes: try model.serialized(), directory: nil, isOriginal: false)
        let session = try Installed.engine(set).prepare(source, options: EngineOptions(threads: threads)).makeSession()
        let slots = OutputSlots(count: 1)
        for _ in 0..<2 { try session.run([input], into: slots) }
        return try slots.snapshot()[0]
    }

    /// The elements of each result, in row-major order of the results.
    private static func groups(_ values: [Float], _ shape: [Int], _ axes: [Int]) -> [[Double]] {
        let kept = shape.indices.filter { !axes.contains($0) }
        var groups = [[Double]](repeating: [], count: kept.reduce(1) { $0 * shape[$1] })
        for (index, value) in values.enumerated() {
            var (rest, place) = (index, [Int](repeating: 0, count: shape.count))
            for axis in shape.indices.reversed() {
                place[axis] = rest % shape[axis]
                rest /= shape[axis]
            }
            groups[kept.reduce(0) { $0 * shape[$1] + place[$1] }].append(Double(value))
        }
        return groups
    }

    /// Small whole numbers, whose sums are exact in any order; powers of two where they are multiplied.
    private static func elements(
        _ count: Int, _ name: String, _ generator: inout SplitMix64
    ) -> [Float] {
        (0..<count).map { _ in
            guard name == "ReduceProd" else { return Float(generator.integer(in: -8...8)) }
            return [1, -1, 2, 0.5][generator.integer(in: 0...3)]
        }
    }

    @Test(arguments: VectorSet.available, 0..<40 as Range<UInt64>) func anyAxesOfAnyShape(
        set: VectorSet, seed: UInt64
    ) throws {
        var generator = SplitMix64(seed: seed)
        let rank = generator.integer(in: 1...5)
        let shape = (0..<rank).map { _ in
            generator.integer(in: 0...3) == 0 ? generator.integer(in: 20...70) : generator.integer(in: 1...5)
        }
        var axes = shape.indices.filter { _ in generator.integer(in: 0...1) == 1 }
        if axes.isEmpty { axes = [rank - 1] }
        let keeps = generator.integer(in: 0...1) == 1
        for (name, fold) in Self.folds.sorted(by: { $0.key < $1.key }) {
            let values = Self.elements(shape.reduce(1, *), name, &generator)
            let input = try Tensor(values, shape: Shape(shape))
            let output = try Self.run(Self.model(name, shape, axes: axes, keeps: keeps), input, set)
            let extents = shape.indices.compactMap { axes.contains($0) ? (keeps ? 1 : nil) : shape[$0] }
            #expect(output.shape == Shape(extents))
            let isExact = name != "ReduceMean" && name != "ReduceL2"
            for (got, group) in zip(try output.values(of: Float.self), Self.groups(values, shape, axes)) {
                let expected = fold(group)
                #expect(
                    (Double(got) - expected).magnitude <= (isExact ? 0 : 3e-7 * expected.magnitude),
                    "\(name), \(set), seed \(seed), \(shape), axes \(axes)")
            }
        }
    }

    /// A row of the infinity that everything exceeds has it for its extreme; one NaN makes its row NaN and no other.
    @Test(arguments: VectorSet.available, ["ReduceMax", "ReduceMin"]) func extremesOfWhatIsNotFinite(
        set: VectorSet, name: String
    ) throws {
        let end: Float = name == "ReduceMax" ? -.infinity : .infinity
        for (rows, columns) in [(3, 1), (3, 5), (4, 16), (5, 67), (3, 200)] {
            for isAcross in [false, true] {
                for place in [0, columns / 2, columns - 1] {
                    // The second row has a NaN; the third an element within the row of infinities.
                    var values = [[Float]](repeating: [Float](repeating: end, count: columns), count: rows)
                    values[1][place] = .nan
                    values[2][place] = -7
                    let flat = isAcross ? (0..<columns).flatMap { c in values.map { $0[c] } } : values.flatMap { $0 }
                    let shape = isAcross ? [columns, rows] : [rows, columns]
                    let model = Self.model(name, shape, axes: [isAcross ? 0 : 1], keeps: false)
                    let output = try Self.run(model, try Tensor(flat, shape: Shape(shape)), set)
                    let results = try output.values(of: Float.self)
                    #expect(results[0] == end && results[1].isNaN && results[2] == -7, "\(set), \(shape), \(place)")
                }
            }
        }
    }

    /// Images whose channels lie last, as a convolution leaves them.
    @Test(arguments: VectorSet.available, [[2, 3], [1], [2], [3], [1, 2, 3], [0, 2, 3]]) func resultsOfConvolutions(
        set: VectorSet, axes: [Int]
    ) throws {
        var generator = SplitMix64(seed: 5)
        let shape = [2, 24, 5, 7]
        // Each channel of the result is a channel of the image.
        var kernel = [Float](repeating: 0, count: 24 * 24)
        for channel in 0..<24 { kernel[channel * 24 + (channel * 7) % 24] = 1 }
        let weights = Initializer(name: "w", tensor: try Tensor(kernel, shape: [24, 24, 1, 1]))
        let before = [Node("Conv", inputs: ["x", "w"], outputs: ["c"])]
        for (name, fold) in Self.folds.sorted(by: { $0.key < $1.key }) where name != "ReduceProd" {
            for keeps in [false, true] {
                let values = Self.elements(shape.reduce(1, *), name, &generator)
                let model = Self.model(
                    name, shape, axes: axes, keeps: keeps, before: before, constants: [weights])
                let output = try Self.run(model, try Tensor(values, shape: Shape(shape)), set)
                let moved = (0..<values.count).map { index -> Float in
                    let (image, channel, pixel) = (index / 840, index / 35 % 24, index % 35)
                    return values[image * 840 + (channel * 7) % 24 * 35 + pixel]
                }
                for (got, group) in zip(try output.values(of: Float.self), Self.groups(moved, shape, axes)) {
                    let expected = fold(group)
                    #expect(
                        (Double(got) - expected).magnitude <= 3e-7 * expected.magnitude, "\(name), \(set), \(axes)")
                }
            }
        }
    }

    /// Large enough to be shared out.
    @Test(arguments: [[1, 300, 700], [300, 700, 1], [40, 70, 90]]) func threadsChangeNoBit(shape: [Int]) throws {
        var generator = SplitMix64(seed: 11)
        let input = try Tensor.random(.float32, Shape(shape), using: &generator)
        let set = try #require(VectorSet.available.last)
        for axes in [[0], [1], [2], [0, 2]] {
            let model = Self.model("ReduceSum", shape, axes: axes, keeps: true)
            let alone = try Self.run(model, input, set)
            for threads in [2, 4] { #expect(try Self.run(model, input, set, threads: threads) == alone) }
        }
    }
}
