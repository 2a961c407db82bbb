import Graphs
import Operators
import Tensors
import Testing

@Suite struct SimplificationTests {
    private let x: [(String, ValueType)] = [("x", PassCheck.floats(2, 3))]

    @Test func equalNodesAreComputedOnce() throws {
        let model = PassCheck.model(
            [
                Node("Relu", inputs: ["x"], outputs: ["a"], name: "one"),
                Node("Relu", inputs: ["x"], outputs: ["b"], name: "two"),
                Node("Mul", inputs: ["a", "c1"], outputs: ["m"]), Node("Mul", inputs: ["c2", "b"], outputs: ["n"]),
                Node("Add", inputs: ["m", "n"], outputs: ["y"]),
            ], inputs: x, constants: ["c1": try PassCheck.noise([3]), "c2": try PassCheck.noise([3])])
        let result = try PassCheck.rewrite(model, "common-subexpressions")
        #expect(result.operatorTypes == ["Add", "Mul", "Relu"])
        #expect(result.graph.initializers.count == 1)
    }

    @Test func unequalAndRandomNodesStay() throws {
        let draw = { (name: String) in
            Node("RandomNormalLike", inputs: ["x"], outputs: [name], attributes: [Attribute("seed", .float(1))])
        }
        let model = PassCheck.model(
            [
                draw("a"), draw("b"), Node("Sub", inputs: ["a", "b"], outputs: ["y"]),
                Node("LeakyRelu", inputs: ["x"], outputs: ["p"], attributes: [Attribute("alpha", .float(0.1))]),
                Node("LeakyRelu", inputs: ["x"], outputs: ["q"], attributes: [Attribute("alpha", .float(0.2))]),
                Node("Sub", inputs: ["p", "q"], outputs: ["z"]), Node("Sub", inputs: ["q", "p"], outputs: ["w"]),
            ], inputs: x, outputs: ["y", "z", "w"])
        #expect(try PassCheck.rewrite(model, "common-subexpressions") == model)
    }

    /// Each rule: the nodes before, constants, and the operators that are left.
    @Test(arguments: [
        ("x·1", "Mul", [1.0], []), ("x+0", "Add", [0.0], ["Add"]), ("x+(−0)", "Add", [-0.0], []),
        ("x−0", "Sub", [0.0], []), ("x−(−0)", "Sub", [-0.0], ["Sub"]), ("x/1", "Div", [1.0], []),
        ("x/4", "Div", [4.0], ["Mul"]), ("x/3", "Div", [3.0], ["Div"]), ("x²", "Pow", [2.0], ["Mul"]),
        ("x³", "Pow", [3.0], ["Pow"]), ("x·0", "Mul", [0.0], ["Mul"]),
    ])
    func arithmeticWithConstants(name: String, type: String, values: [Double], left: [String]) throws {
        let constant = try Tensor(scalar: values[0]).converted(to: .float32)
        let model = PassCheck.model(
            [
                Node("Tanh", inputs: ["x"], outputs: ["a"]), Node(type, inputs: ["a", "c"], outputs: ["b"]),
                Node("Sin", inputs: ["b"], outputs: ["y"]),
            ], inputs: x, constants: ["c": constant])
        let result = try PassCheck.rewrite(model, "algebraic-simplification")
        #expect(result.operatorTypes == (["Sin", "Tanh"] + left).sorted(), "\(name)")
    }

    @Test func aConstantThatStretchesIsNotNeutral() throws {
        let ones = try Tensor([Float](repeating: 1, count: 2), shape: [2, 1, 1])
        let model = PassCheck.model(
            [Node("Mul", inputs: ["x", "c"], outputs: ["a"]), Node("Relu", inputs: ["a"], outputs: ["y"])], inputs: x,
            constants: ["c": ones])
        #expect(try PassCheck.rewrite(model, "algebraic-simplification") == model)
    }

    @Test func integersAreAddedExactly() throws {
        let model = PassCheck.model(
            [
                Node("Add", inputs: ["n", "zero"], outputs: ["a"]), Node("Mul", inputs: ["a", "two"], outputs: ["b"]),
                Node("Mul", inputs: ["b", "two"], outputs: ["y"]),
            ], inputs: [("n", PassCheck.ints(4))],
            constants: ["zero": Tensor(scalar: Int64(0)), "two": Tensor(scalar: Int64(2))])
        let result = try PassCheck.rewrite(model, "algebraic-simplification", "reassociation")
        #expect(result.operatorTypes == ["Mul"])
    }

    @Test func chainsOfConstantsAreMerged() throws {
        let model = PassCheck.model(
            [
                Node("Mul", inputs: ["x", "a"], outputs: ["m"]), Node("Mul", inputs: ["m", "b"], outputs: ["n"]),
                Node("Add", inputs: ["n", "big"], outputs: ["p"]), Node("Add", inputs: ["p", "tiny"], outputs: ["y"]),
            ], inputs: x,
            constants: [
                "a": Tensor(scalar: Float(2.5)), "b": Tensor([Float(3), 4, 5]), "big": Tensor(scalar: Float(1000)),
                "tiny": Tensor(scalar: Float(1e-6)),
            ])
        let result = try PassCheck.rewrite(model, "reassociation")
        #expect(result.operatorTypes == ["Add", "Add", "Mul"], "a sum that would lose the smaller constant stays")
    }

    @Test func functionsThatUndoThemselvesGo() throws {
        let model = PassCheck.model(
            [
                Node("Neg", inputs: ["x"], outputs: ["a"]), Node("Neg", inputs: ["a"], outputs: ["b"]),
                Node("Relu", inputs: ["b"], outputs: ["c"]), Node("Relu", inputs: ["c"], outputs: ["d"]),
                Node("Clip", inputs: ["d", "zero", "six"], outputs: ["e"]),
                Node("Clip", inputs: ["e", "one", ""], outputs: ["y"]),
            ], inputs: x,
            constants: [
                "zero": Tensor(scalar: Float(0)), "six": Tensor(scalar: Float(6)), "one": Tensor(scalar: Float(1)),
            ])
        let result = try PassCheck.rewrite(model, "algebraic-simplification", "dead-code")
        #expect(result.operatorTypes == ["Clip", "Relu"])
    }

    @Test func clipsThatCrossStay() throws {
        let model = PassCheck.model(
            [
                Node("Clip", inputs: ["x", "", "low"], outputs: ["e"]),
                Node("Clip", inputs: ["e", "high", ""], outputs: ["y"]),
            ], inputs: x, constants: ["low": Tensor(scalar: Float(-1)), "high": Tensor(scalar: Float(1))])
        #expect(try PassCheck.rewrite(model, "algebraic-simplification") == model)
    }

    @Test func castsThatLoseNothingGo() throws {
        let cast = { (from: String, to: String, type: ElementType) in
            Node("Cast", inputs: [from], outputs: [to], attributes: [Attribute("to", .int(Int(type.rawValue)))])
        }
        let model = PassCheck.model(
            [cast("n", "a", .int64), cast("a", "y", .int32), cast("n", "b", .float32), cast("b", "z", .int32)],
            inputs: [("n", .tensor(.int32, [.fixed(4)]))], outputs: ["y", "z"])
        let result = try PassCheck.rewrite(model, "cast-removal", "dead-code")
        #expect(result.count("Cast") == 3, "f32 does not hold every i32")
    }

    @Test func quantisingWhatWasDequantisedGoes() throws {
        let model = PassCheck.model(
            [
                Node("QuantizeLinear", inputs: ["x", "s", "z"], outputs: ["q"]),
                Node("DequantizeLinear", inputs: ["q", "s", "z"], outputs: ["d"]),
                Node("QuantizeLinear", inputs: ["d", "s", "z"], outputs: ["r"]),
                Node("DequantizeLinear", inputs: ["r", "s", "z"], outputs: ["y"]),
            ], inputs: x, constants: ["s": Tensor(scalar: Float(0.1)), "z": Tensor(scalar: UInt8(128))])
        let result = try PassCheck.rewrite(model, "algebraic-simplification", "dead-code")
        #expect(result.operatorTypes == ["DequantizeLinear", "QuantizeLinear"])
    }

    @Test func concatenationsAreFlattened() throws {
        let axis = Attribute("axis", .int(1))
        let model = PassCheck.model(
            [
                Node("Split", inputs: ["x", "sizes"], outputs: ["a", "b"], attributes: [axis]),
                Node("Concat", inputs: ["a", "b"], outputs: ["c"], attributes: [axis]),
                Node("Concat", inputs: ["c", "x"], outputs: ["d"], attributes: [axis]),
                Node("Concat", inputs: ["x", "d"], outputs: ["y"], attributes: [Attribute("axis", .int(-1))]),
            ], inputs: x, constants: ["sizes": Tensor([Int64(1), 2])])
        let result = try PassCheck.rewrite(model, "algebraic-simplification", "dead-code")
        #expect(result.operatorTypes == ["Concat"] && result.graph.nodes[0].inputs == ["x", "x", "x"])
    }
}
