import Graphs
import Operators
import Tensors
import Testing

@Suite struct MovementTests {
    private func transpose(_ input: String, _ output: String, _ order: [Int]) -> Node {
        Node("Transpose", inputs: [input], outputs: [output], attributes: [Attribute("perm", .ints(order))])
    }

    @Test func reshapesAreMerged() throws {
        let model = PassCheck.model(
            [
                Node("Unsqueeze", inputs: ["x", "axes"], outputs: ["a"]),
                Node("Reshape", inputs: ["a", "shape"], outputs: ["b"]),
                Node("Relu", inputs: ["b"], outputs: ["c"]),
                Node("Flatten", inputs: ["c"], outputs: ["d"], attributes: [Attribute("axis", .int(1))]),
                Node("Reshape", inputs: ["d", "back"], outputs: ["y"]),
            ], inputs: [("x", .tensor(.float32, [.symbol("n"), .fixed(2), .fixed(6)]))],
            constants: [
                "axes": Tensor([Int64(1)]), "shape": Tensor([Int64(-1), 4, 3]), "back": Tensor([Int64(-1), 2, 6]),
            ])
        let result = try PassCheck.rewrite(model, "reshape-sinking", "reshape-merging", "identity-elimination")
        #expect(result.operatorTypes == ["Relu", "Reshape"] || result.operatorTypes == ["Relu"])
    }

    @Test func aTargetThatCopiesExtentsDependsOnWhatItIsGiven() throws {
        let model = PassCheck.model(
            [
                Node("Reshape", inputs: ["x", "first"], outputs: ["a"]),
                Node("Reshape", inputs: ["a", "second"], outputs: ["y"]),
            ], inputs: [("x", .tensor(.float32, [.symbol("n"), .symbol("m")]))],
            constants: ["first": Tensor([Int64(-1), 1, 3]), "second": Tensor([Int64(0), 3, 1])])
        #expect(try PassCheck.rewrite(model, "reshape-merging").count("Reshape") >= 1)
    }

    @Test func transposesMeetAndVanish() throws {
        let model = PassCheck.model(
            [
                transpose("x", "a", [0, 2, 3, 1]), Node("Relu", inputs: ["a"], outputs: ["b"]),
                Node("Add", inputs: ["b", "bias"], outputs: ["c"]),
                Node("Softmax", inputs: ["c"], outputs: ["d"], attributes: [Attribute("axis", .int(-1))]),
                transpose("d", "y", [0, 3, 1, 2]),
            ], inputs: [("x", PassCheck.floats(2, 3, 4, 5))], constants: ["bias": try PassCheck.noise([3])])
        let result = try PassCheck.rewrite(model, "transpose-sinking", "identity-elimination")
        #expect(result.operatorTypes == ["Add", "Relu", "Softmax"])
    }

    @Test func transposesThatOthersReadStay() throws {
        let model = PassCheck.model(
            [
                transpose("x", "a", [1, 0]), Node("Relu", inputs: ["a"], outputs: ["y"]),
                Node("Neg", inputs: ["a"], outputs: ["z"]),
            ], inputs: [("x", PassCheck.floats(2, 3))], outputs: ["y", "z"])
        #expect(try PassCheck.rewrite(model, "transpose-sinking") == model)
    }

    @Test(arguments: [13, 18])
    func transposesMoveBehindReductions(opset: Int) throws {
        let axes = opset >= 18 ? ["axes"] : []
        let attributes = opset >= 18 ? [] : [Attribute("axes", .ints([1, -1]))]
        let keep = Attribute("keepdims", .int(0))
        let model = PassCheck.model(
            [
                transpose("x", "a", [3, 1, 0, 2]),
                Node("ReduceMean", inputs: ["a"] + axes, outputs: ["y"], attributes: attributes + [keep]),
                transpose("x", "b", [3, 1, 0, 2]),
                Node("ReduceMax", inputs: ["b"] + axes, outputs: ["z"], attributes: attributes),
            ], inputs: [("x", PassCheck.floats(2, 3, 4, 5))], outputs: ["y", "z"],
            constants: opset >= 18 ? ["axes": Tensor([Int64(1), -1])] : [:], opset: opset)
        let result = try PassCheck.rewrite(model, "transpose-sinking")
        #expect(result.graph.nodes.filter { $0.operatorType.hasPrefix("Reduce") }.allSatisfy { $0.inputs[0] == "x" })
    }

    @Test func productsTurnTheirMatricesThemselves() throws {
        let model = PassCheck.model(
            [
                transpose("x", "a", [1, 0]), Node("MatMul", inputs: ["a", "w"], outputs: ["b"]),
                transpose("v", "t", [1, 0]), Node("Gemm", inputs: ["b", "t"], outputs: ["y"]),
            ], inputs: [("x", PassCheck.floats(4, 2)), ("v", PassCheck.floats(5, 3))],
            constants: ["w": try PassCheck.noise([4, 3])])
        #expect(try PassCheck.rewrite(model, "transpose-sinking").operatorTypes == ["Gemm", "Gemm"])
    }

    @Test func concatenationsOfTransposes() throws {
        let model = PassCheck.model(
            [
                transpose("x", "a", [0, 2, 1]), transpose("z", "b", [0, 2, 1]),
                Node("Concat", inputs: ["a", "b"], outputs: ["y"], attributes: [Attribute("axis", .int(-1))]),
            ], inputs: [("x", PassCheck.floats(2, 3, 4)), ("z", PassCheck.floats(2, 5, 4))])
        #expect(try PassCheck.rewrite(model, "transpose-sinking").count("Transpose") == 1)
    }

    @Test func aTransposeThatMovesNothingIsAReshape() throws {
        let model = PassCheck.model(
            [
                transpose("x", "a", [0, 2, 1, 3]), Node("Relu", inputs: ["a"], outputs: ["y"]),
                transpose("x", "b", [1, 0, 2, 3]), Node("Neg", inputs: ["b"], outputs: ["z"]),
            ], inputs: [("x", PassCheck.floats(2, 1, 4, 3))], outputs: ["y", "z"])
        let result = try PassCheck.rewrite(model, "reshape-merging")
        #expect(result.count("Reshape") == 2 && result.count("Transpose") == 0)
        let other = PassCheck.model(
            [transpose("x", "a", [1, 0]), Node("Relu", inputs: ["a"], outputs: ["y"])],
            inputs: [("x", PassCheck.floats(2, 3))])
        #expect(try PassCheck.rewrite(other, "reshape-merging") == other)
    }
}
