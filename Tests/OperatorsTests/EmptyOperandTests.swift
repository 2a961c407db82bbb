import Graphs
import Operators
import Tensors
import Testing

/// Calls and models whose extents are of any size because another is 0, or whose attributes ask for more than there is:
/// they are refused or computed at once, and never end the program.
@Suite struct EmptyOperandTests {
    private let huge = 1 << 60

    private func floats(_ shape: Shape) throws -> Value {
        .tensor(try Tensor([Float](repeating: 0, count: shape.elementCount), shape: shape))
    }

    private func ints(_ values: [Int64], _ shape: Shape? = nil) throws -> Value {
        .tensor(try Tensor(values, shape: shape ?? [values.count]))
    }

    private func run(
        _ type: String, _ inputs: [Value], _ attributes: [Attribute] = [], opset: Int = 22, domain: String = ""
    ) throws -> Value? {
        let names = inputs.indices.map { "x\($0)" }
        let node = Node(type, inputs: names, outputs: ["y"], attributes: attributes, domain: domain)
        var opsets = ["": domain.isEmpty ? opset : 22]
        opsets[domain] = opset
        let model = Model(
            opsets: opsets,
            graph: Graph(
                name: "main", nodes: [node], inputs: zip(names, inputs).map { ValueInfo($0, $1.type) },
                outputs: [ValueInfo("y")]))
        _ = try ModelCost(model)
        let values = Dictionary(zip(names, inputs), uniquingKeysWith: { first, _ in first })
        return try PreparedInterpreter(model).run(values: values)["y"]
    }

    @Test func determinantsOfTooManyMatricesAreRefused() throws {
        let data = try floats([huge, 0, 0])
        #expect(throws: OperatorError.self) { try run("Det", [data]) }
    }

    @Test func gridsOfNoPictureAreRefusedWhereNoMemoryHoldsThem() throws {
        let inputs = [try floats([0, 2, 3]), try ints([0, 1, 1 << 31, 1 << 31])]
        #expect(throws: OperatorError.self) { try run("AffineGrid", inputs) }
    }

    @Test(arguments: ["MaxRoiPool", "RoiAlign"])
    func tooManyBinsAreRefused(type: String) throws {
        let data = try floats([1, 0, 2, 2])
        #expect(throws: OperatorError.self) {
            if type == "MaxRoiPool" {
                _ = try run(type, [data, try floats([1, 5])], [Attribute("pooled_shape", .ints([huge, 1]))])
            } else {
                _ = try run(
                    type, [data, try floats([1, 4]), try ints([0])], [Attribute("output_height", .int(huge))])
            }
        }
    }

    @Test func tooManySamplesAreRefused() throws {
        let inputs = [try floats([1, 1, 2, 2]), try floats([1, 4]), try ints([0])]
        let attributes = [
            Attribute("output_height", .int(1024)), Attribute("output_width", .int(1024)),
            Attribute("sampling_ratio", .int(4096)),
        ]
        #expect(throws: OperatorError.self) { try run("RoiAlign", inputs, attributes) }
    }

    @Test func nothingIsTransformed() throws {
        let result = try run(
            "DFT", [try floats([0, 5, huge, huge, 2])], [Attribute("axis", .int(1))], opset: 17)
        #expect(result?.tensor?.shape == [0, 5, huge, huge, 2])
    }

    @Test func featuresOfNoRowAreTaken() throws {
        let result = try run(
            "ArrayFeatureExtractor", [try floats([huge, 0]), try ints([])], opset: 1, domain: "ai.onnx.ml")
        #expect(result?.tensor?.shape == [huge, 0])
    }

    @Test func tooManyRowsWithoutCountsAreRefused() throws {
        let attributes = [
            Attribute("max_gram_length", .int(1)), Attribute("max_skip_count", .int(0)),
            Attribute("min_gram_length", .int(1)), Attribute("mode", .string("TF")),
            Attribute("ngram_counts", .ints([0])), Attribute("ngram_indexes", .ints([])),
            Attribute("pool_int64s", .ints([])),
        ]
        #expect(throws: OperatorError.self) {
            try run("TfIdfVectorizer", [try ints([], [huge, 0])], attributes, opset: 9)
        }
    }

    /// Any number of heads without elements: at once, and the work is counted.
    @Test func headsWithoutElementsTakeNoTime() throws {
        let attributes = [
            Attribute("q_num_heads", .int(huge)), Attribute("kv_num_heads", .int(huge)),
            Attribute("update_rule", .string("linear")),
        ]
        let empty = try floats([1, 1, 0])
        let names = ["q", "k", "v"]
        let node = Node("LinearAttention", inputs: names, outputs: ["y", "s"], attributes: attributes)
        let model = Model(
            opsets: ["": 27],
            graph: Graph(
                name: "main", nodes: [node], inputs: names.map { ValueInfo($0, empty.type) },
                outputs: [ValueInfo("y"), ValueInfo("s")]))
        _ = try ModelCost(model)
        let values = Dictionary(names.map { ($0, empty) }, uniquingKeysWith: { first, _ in first })
        let result = try PreparedInterpreter(model).run(values: values)
        #expect(result["y"]?.tensor?.shape == [1, 1, 0])
        #expect(result["s"]?.tensor?.shape == [1, huge, 0, 0])
    }

    @Test func nothingIsRepeatedWithoutEnd() throws {
        let pattern = String(repeating: "(", count: 9) + String(repeating: "){1000}", count: 9) + "a"
        let texts = Value.tensor(try Tensor(strings: ["a", ""], shape: [2]))
        let result = try run("RegexFullMatch", [texts], [Attribute("pattern", .string(pattern))])
        #expect(try result?.tensor?.values() == [true, false])
    }

    /// Pictures without images, of any extents: pooled at once, and the gradient of nothing is nothing.
    @Test(
        arguments: ["AveragePool", "LpPool", "MaxPool"], [[0, 3, 1 << 60, 1 << 60], [1 << 20, 0, 1 << 60, 5]])
    func nothingIsPooled(type: String, extents: [Int]) throws {
        let attributes = [
            Attribute("kernel_shape", .ints([2, 2])), Attribute("pads", .ints([1, 1, 1, 1])),
            Attribute("strides", .ints([2, 2])),
        ]
        let empty = try floats(Shape(extents))
        let node = Node(type, inputs: ["x0"], outputs: ["y"], attributes: attributes)
        for opset in [13, 22] {
            let model = Model(
                opsets: ["": opset],
                graph: Graph(
                    name: "main", nodes: [node], inputs: [ValueInfo("x0", empty.type)], outputs: [ValueInfo("y")]))
            let site = try #require(try ShapeInference().infer(model).sites.first)
            let operation = try #require(OperatorCatalogue.standard.find(domain: "", name: type))
            let pullback = try #require(try operation.pullback(site))
            #expect(pullback.function.nodes.map(\.operatorType) == ["Identity"])
        }
        guard extents[0] == 0 else { return }
        #expect(try run(type, [empty], attributes)?.tensor?.shape.dimensions.prefix(2) == [0, 3])
    }

    @Test func axesBeyondCountingAreRefused() throws {
        let data = try floats([0, 1, Int.max])
        #expect(throws: (any Error).self) {
            try run("AveragePool", [data], [Attribute("kernel_shape", .ints([2])), Attribute("pads", .ints([1, 1]))])
        }
    }

    /// Passes leave alone what they cannot fold.
    @Test func layersWithoutSenseAreLeftAlone() throws {
        let image = PassCheck.floats(1, 1, 4, 4)
        let pads = Tensor([Int64](arrayLiteral: 0, 0, 1, 1, 0, 0, 1, 1))
        let pool = PassCheck.model(
            [
                Node("Pad", inputs: ["x", "pads"], outputs: ["p"]),
                Node("AveragePool", inputs: ["p"], outputs: ["y"], attributes: [Attribute("kernel_shape", .ints([]))]),
            ], inputs: [("x", image)], constants: ["pads": pads])
        let weights = try Tensor([Float(1)], shape: [1, 1, 1, 1])
        let convolution = PassCheck.model(
            [
                Node("Pad", inputs: ["x", "pads"], outputs: ["p"]),
                Node(
                    "Conv", inputs: ["p", "w"], outputs: ["y"],
                    attributes: [Attribute("pads", .ints([Int.max, 0, 0, 0]))]),
            ], inputs: [("x", image)], constants: ["pads": pads, "w": weights])
        let empty = PassCheck.model(
            [
                Node("Conv", inputs: ["x", "w"], outputs: ["c"]), Node("Mul", inputs: ["c", "two"], outputs: ["y"]),
            ], inputs: [("x", PassCheck.floats(1, 0, 4, 4))],
            constants: [
                "w": try Tensor([Float](), shape: [huge, 0, 1, 1]), "two": try Tensor([Float(2)], shape: []),
            ])
        for model in [pool, convolution, empty] {
            #expect(PassPipeline().run(model).model.graph.nodes.count == 2)
        }
    }
}
