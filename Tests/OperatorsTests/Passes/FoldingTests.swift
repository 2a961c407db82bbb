import Graphs
import Operators
import Tensors
import Testing

@Suite struct FoldingTests {
    private func statistics(_ channels: Int) throws -> [String: Tensor] {
        [
            "scale": try PassCheck.noise([channels], seed: 2), "shift": try PassCheck.noise([channels], seed: 3),
            "mean": try PassCheck.noise([channels], seed: 4),
            "variance": try PassCheck.noise([channels], seed: 5, in: 0.2...2),
        ]
    }

    private let normalization = Node(
        "BatchNormalization", inputs: ["a", "scale", "shift", "mean", "variance"], outputs: ["y"])

    @Test(arguments: [1, 2])
    func normalisationFoldsIntoConvolutions(groups: Int) throws {
        let attributes = [Attribute("group", .int(groups))]
        let forward = PassCheck.model(
            [Node("Conv", inputs: ["x", "w", "b"], outputs: ["a"], attributes: attributes), normalization],
            inputs: [("x", PassCheck.floats(2, 4, 5, 5))],
            constants: try statistics(6).merging(
                ["w": try PassCheck.noise([6, 4 / groups, 3, 3]), "b": try PassCheck.noise([6], seed: 6)]
            ) { $1 })
        #expect(try PassCheck.rewrite(forward, "batchnorm-folding").operatorTypes == ["Conv"])
        let transposed = PassCheck.model(
            [Node("ConvTranspose", inputs: ["x", "w"], outputs: ["a"], attributes: attributes), normalization],
            inputs: [("x", PassCheck.floats(2, 4, 5, 5))],
            constants: try statistics(3 * groups).merging(["w": try PassCheck.noise([4, 3, 2, 2])]) { $1 })
        #expect(try PassCheck.rewrite(transposed, "batchnorm-folding").operatorTypes == ["ConvTranspose"])
    }

    @Test(arguments: ["Gemm", "MatMul"])
    func normalisationFoldsIntoProducts(type: String) throws {
        let model = PassCheck.model(
            [Node(type, inputs: ["x", "w"], outputs: ["a"]), normalization], inputs: [("x", PassCheck.floats(2, 4))],
            constants: try statistics(6).merging(["w": try PassCheck.noise([4, 6])]) { $1 })
        #expect(try PassCheck.rewrite(model, "batchnorm-folding").operatorTypes == ["Gemm"])
    }

    @Test func normalisationStaysWhereTheLayerIsReadTwiceOrTrains() throws {
        let constants = try statistics(6).merging(["w": try PassCheck.noise([6, 4, 3, 3])]) { $1 }
        let model = PassCheck.model(
            [
                Node("Conv", inputs: ["x", "w"], outputs: ["a"]), normalization,
                Node("Relu", inputs: ["a"], outputs: ["z"]),
            ],
            inputs: [("x", PassCheck.floats(2, 4, 5, 5))], outputs: ["y", "z"], constants: constants)
        #expect(try PassCheck.rewrite(model, "batchnorm-folding") == model)
        var training = normalization
        training.attributes = [Attribute("training_mode", .int(1))]
        let other = PassCheck.model(
            [Node("Conv", inputs: ["x", "w"], outputs: ["a"]), training],
            inputs: [("x", PassCheck.floats(2, 4, 5, 5))], constants: constants)
        #expect(try PassCheck.rewrite(other, "batchnorm-folding") == other)
    }

    @Test func sumsAndProductsFoldIntoLayers() throws {
        let model = PassCheck.model(
            [
                Node("Conv", inputs: ["x", "w"], outputs: ["a"]), Node("Add", inputs: ["a", "b"], outputs: ["c"]),
                Node("Mul", inputs: ["f", "c"], outputs: ["d"]), Node("Sub", inputs: ["one", "d"], outputs: ["e"]),
                Node("Div", inputs: ["e", "f"], outputs: ["y"]),
            ], inputs: [("x", PassCheck.floats(2, 4, 5, 5))],
            constants: [
                "w": try PassCheck.noise([6, 4, 3, 3]), "b": try PassCheck.noise([6, 1, 1], seed: 2),
                "f": try PassCheck.noise([1, 6, 1, 1], seed: 3, in: 0.5...2), "one": Tensor(scalar: Float(1)),
            ])
        #expect(try PassCheck.rewrite(model, "linear-folding").operatorTypes == ["Conv"])
        let along = PassCheck.model(
            [Node("Conv", inputs: ["x", "w"], outputs: ["a"]), Node("Add", inputs: ["a", "b"], outputs: ["y"])],
            inputs: [("x", PassCheck.floats(2, 4, 5, 8))],
            constants: ["w": try PassCheck.noise([6, 4, 3, 3]), "b": try PassCheck.noise([6], seed: 2)])
        #expect(try PassCheck.rewrite(along, "linear-folding") == along, "the sum runs along the width")
    }

    @Test func gemmWithAlphaAndBetaFolds() throws {
        let attributes = [
            Attribute("alpha", .float(0.5)), Attribute("beta", .float(2)), Attribute("transB", .int(1)),
        ]
        let model = PassCheck.model(
            [
                Node("Gemm", inputs: ["x", "w", "c"], outputs: ["a"], attributes: attributes),
                Node("Mul", inputs: ["a", "f"], outputs: ["b"]), Node("Add", inputs: ["b", "f"], outputs: ["y"]),
            ], inputs: [("x", PassCheck.floats(2, 4))],
            constants: [
                "w": try PassCheck.noise([6, 4]), "c": try PassCheck.noise([6], seed: 2),
                "f": try PassCheck.noise([6], seed: 3, in: 0.5...2),
            ])
        #expect(try PassCheck.rewrite(model, "linear-folding").operatorTypes == ["Gemm"])
    }

    @Test func productAndSumBecomeGemm() throws {
        let nodes = [
            Node("MatMul", inputs: ["x", "w"], outputs: ["a"]), Node("Add", inputs: ["b", "a"], outputs: ["y"]),
        ]
        let constants = ["w": try PassCheck.noise([4, 6]), "b": try PassCheck.noise([6], seed: 2)]
        let model = PassCheck.model(nodes, inputs: [("x", PassCheck.floats(2, 4))], constants: constants)
        #expect(try PassCheck.rewrite(model, "gemm-fusion").operatorTypes == ["Gemm"])
        let deep = PassCheck.model(nodes, inputs: [("x", PassCheck.floats(3, 2, 4))], constants: constants)
        #expect(try PassCheck.rewrite(deep, "gemm-fusion") == deep, "Gemm takes matrices only")
    }

    @Test func paddingFoldsIntoWindows() throws {
        let pads = Tensor([Int64(0), 0, 1, 0, 0, 0, 1, 1])
        let kernel = Attribute("kernel_shape", .ints([2, 2]))
        let model = PassCheck.model(
            [
                Node("Pad", inputs: ["x", "pads"], outputs: ["a"]), Node("Conv", inputs: ["a", "w"], outputs: ["b"]),
                Node("Pad", inputs: ["b", "pads"], outputs: ["c"]),
                Node("AveragePool", inputs: ["c"], outputs: ["d"], attributes: [kernel]),
                Node("Pad", inputs: ["d", "pads", "low"], outputs: ["e"]),
                Node("MaxPool", inputs: ["e"], outputs: ["y"], attributes: [kernel]),
            ], inputs: [("x", PassCheck.floats(1, 2, 5, 5))],
            constants: [
                "pads": pads, "w": try PassCheck.noise([3, 2, 2, 2]), "low": Tensor(scalar: -Float.infinity),
            ])
        #expect(try PassCheck.rewrite(model, "pad-folding").operatorTypes == ["AveragePool", "Conv", "MaxPool"])
        let edge = PassCheck.model(
            [
                Node("Pad", inputs: ["x", "pads"], outputs: ["a"], attributes: [Attribute("mode", .string("edge"))]),
                Node("Conv", inputs: ["a", "w"], outputs: ["b"]), Node("Pad", inputs: ["b", "pads"], outputs: ["c"]),
                Node("MaxPool", inputs: ["c"], outputs: ["y"], attributes: [kernel]),
            ], inputs: [("x", PassCheck.floats(1, 2, 5, 5))],
            constants: ["pads": pads, "w": try PassCheck.noise([3, 2, 2, 2])])
        #expect(try PassCheck.rewrite(edge, "pad-folding") == edge)
    }

    @Test func shapesAreFolded() throws {
        let zero = Attribute("axis", .int(0))
        let model = PassCheck.model(
            [
                Node("Shape", inputs: ["x"], outputs: ["s"]),
                Node("Gather", inputs: ["s", "first"], outputs: ["b"], attributes: [zero]),
                Node("Gather", inputs: ["s", "second"], outputs: ["l"], attributes: [zero]),
                Node("Concat", inputs: ["b", "l", "heads"], outputs: ["t"], attributes: [zero]),
                Node("Reshape", inputs: ["x", "t"], outputs: ["r"]), Node("Relu", inputs: ["r"], outputs: ["y"]),
            ], inputs: [("x", .tensor(.float32, [.symbol("batch"), .symbol("length"), .fixed(6)]))],
            constants: ["first": Tensor([Int64(0)]), "second": Tensor([Int64(1)]), "heads": Tensor([Int64(2), 3])])
        let result = try PassCheck.rewrite(model, "shape-folding", "dead-code")
        #expect(result.operatorTypes == ["Relu", "Reshape"])
        var fixed = model
        fixed.graph.inputs[0].type = PassCheck.floats(2, 4, 6)
        #expect(try PassCheck.rewrite(fixed, "shape-folding", "dead-code").operatorTypes == ["Relu", "Reshape"])
        let fed = PassCheck.model(
            [Node("Reshape", inputs: ["x", "t"], outputs: ["y"])],
            inputs: [("x", PassCheck.floats(4)), ("t", PassCheck.ints(2))])
        #expect(PassPipeline().run(fed).model == fed, "what is fed is not folded")
    }

    @Test func shapeGivesARangeOfExtents() throws {
        let model = PassCheck.model(
            [
                Node("Sigmoid", inputs: ["x"], outputs: ["a"]), Node("Shape", inputs: ["a"], outputs: ["s"]),
                Node("Gather", inputs: ["s", "picked"], outputs: ["y"]),
            ], inputs: [("x", .tensor(.float32, [.unknown, .unknown, .unknown]))],
            constants: ["picked": Tensor([Int64(1), -1])])
        let result = try PassCheck.rewrite(model, "shape-folding", "dead-code")
        #expect(result.operatorTypes == ["Shape"] && result.graph.nodes[0].inputs == ["x"])
    }

    @Test func theTakenBranchReplacesTheChoice() throws {
        let branch = { (type: String, name: String) in
            Graph(
                name: type,
                nodes: [Node(type, inputs: ["x"], outputs: ["t"]), Node("Mul", inputs: ["t", "k"], outputs: [name])],
                outputs: [ValueInfo(name)], initializers: [Initializer(name: "k", tensor: Tensor(scalar: Float(3)))])
        }
        let choice = Node(
            "If", inputs: ["c"], outputs: ["y"],
            attributes: [
                Attribute("then_branch", .graph(branch("Relu", "r"))),
                Attribute("else_branch", .graph(branch("Neg", "r"))),
            ])
        let model = PassCheck.model(
            [choice], inputs: [("x", PassCheck.floats(2, 3))], constants: ["c": Tensor(scalar: false)])
        #expect(try PassCheck.rewrite(model, "if-inlining").operatorTypes == ["Mul", "Neg"])
        let open = PassCheck.model([choice], inputs: [("x", PassCheck.floats(2, 3)), ("c", .tensor(.bool, []))])
        #expect(try PassCheck.rewrite(open, "if-inlining") == open)
    }
}
