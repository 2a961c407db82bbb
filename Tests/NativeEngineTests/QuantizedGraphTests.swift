import Engines
import Graphs
import Operators
import TestKit
import Tensors
import Testing

/// Quantised models against the reference interpreter.
///
/// Integer sums are exact and so is what a model computes from them;
/// where a kernel quantises its result again, its one rounding of a real may fall to the other side of a tie: an element in a
/// thousand may differ, by one step.
@Suite(.enabled(if: Installed.folder != nil, Installed.reason))
struct QuantizedGraphTests {
    /// Expects bytes that differ by one step at most, and rarely.
    private static func expectSteps(_ engine: Tensor, _ reference: Tensor, _ comment: String) throws {
        #expect(engine.elementType == reference.elementType && engine.shape == reference.shape)
        let (left, right) = (try engine.doubles(), try reference.doubles())
        let steps = zip(left, right).map { abs($0 - $1) }
        #expect(steps.max() ?? 0 <= 1, "\(comment)")
        #expect(Double(steps.count { $0 > 0 }) <= max(2, Double(steps.count) / 500), "\(comment)")
        #expect(Set(left).count > 1 || left.count < 3, "\(comment): nothing but \(left[0])")
    }

    @Test(arguments: 0..<30 as Range<UInt64>) func dynamicProducts(seed: UInt64) throws {
        var test = QuantizedGraph(seed: seed, data: [[2, 3], [3]][Int(seed % 2)] + [5, 24])
        let (columns, isSigned) = (test.pick(1...50), seed % 3 > 0)
        let perColumn = test.pick(0...1) == 1
        try test.bytes("w", [24, columns], isSigned: isSigned)
        try test.scales("ws", perColumn ? [columns] : [], around: 0.02)
        if perColumn {
            try test.bytes("wz", [columns], isSigned: isSigned)
        } else {
            test.zero("wz", test.pick(0...90), isSigned: isSigned)
        }
        try test.scales("bias", [columns], around: 0.3)
        test.graph.nodes.append(Node("DynamicQuantizeLinear", inputs: ["x"], outputs: ["q", "s", "z"]))
        test.add("MatMulInteger", ["q", "w", "z", "wz"], "sums")
        test.add("Cast", ["sums"], "reals", [Attribute("to", .int(1))])
        switch test.pick(0...3) {
        case 0:
            test.add("Mul", ["s", "ws"], "scales")
            test.add("Mul", ["reals", "scales"], "scaled")
        case 1:
            test.add("Mul", ["ws", "s"], "scales")
            test.add("Mul", ["scales", "reals"], "scaled")
        case 2:
            test.add("Mul", ["reals", "ws"], "half")
            test.add("Mul", ["s", "half"], "scaled")
        default: test.add("Mul", ["reals", "s"], "scaled")
        }
        let last = test.pick(0...3)
        if last == 0 { test.add("Identity", ["scaled"], "y") }
        if last == 1 { test.add("Add", ["scaled", "bias"], "y") }
        if last == 2 {
            test.add("Add", ["bias", "scaled"], "biased")
            test.add("Relu", ["biased"], "y")
        }
        if last == 3 {
            // The sums have another reader: what it reads must still be computed.
            test.add("Neg", ["reals"], "other")
            test.add("Add", ["scaled", "other"], "y")
        }
        let (engine, reference) = try test.run()
        expectAgreement(engine[0], reference[0], .agreement(2e-6), "seed \(seed)")
    }

    @Test(arguments: 0..<30 as Range<UInt64>) func quantisedProducts(seed: UInt64) throws {
        var test = QuantizedGraph(seed: seed, data: [3, 7, 40])
        let (columns, leftSigned, rightSigned) = (test.pick(1...60), seed % 2 == 0, seed % 3 > 0)
        let resultSigned = test.pick(0...1) == 1
        test.constant("xs", Tensor(scalar: Float(1.0 / 127)))
        test.zero("xz", leftSigned ? 3 : 120, isSigned: leftSigned)
        try test.bytes("w", [40, columns], isSigned: rightSigned)
        let perColumn = test.pick(0...1) == 1
        try test.scales("ws", perColumn ? [columns] : [], around: 0.01)
        if perColumn {
            try test.bytes("wz", [columns], isSigned: rightSigned)
        } else {
            test.zero("wz", rightSigned ? 0 : 117, isSigned: rightSigned)
        }
        test.constant("ys", Tensor(scalar: Float(0.05)))
        test.zero("yz", resultSigned ? -5 : 128, isSigned: resultSigned)
        test.add("QuantizeLinear", ["x", "xs", "xz"], "q")
        if test.pick(0...1) == 0 {
            test.add("QLinearMatMul", ["q", "xs", "xz", "w", "ws", "wz", "ys", "yz"], "y")
        } else {
            try test.scales("bias", [columns], around: 0.5)
            test.add("DequantizeLinear", ["q", "xs", "xz"], "xr")
            test.add("DequantizeLinear", ["w", "ws", "wz"], "wr", [Attribute("axis", .int(perColumn ? -1 : 0))])
            test.add("MatMul", ["xr", "wr"], "p")
            test.add("Add", ["p", "bias"], "b")
            test.add("QuantizeLinear", ["b", "ys", "yz"], "y")
        }
        let (engine, reference) = try test.run()
        try Self.expectSteps(engine[0], reference[0], "seed \(seed)")
    }

    @Test(arguments: 0..<40 as Range<UInt64>) func quantisedConvolutions(seed: UInt64) throws {
        let groups = [1, 1, 2, 6][Int(seed % 4)]
        var test = QuantizedGraph(seed: seed, data: [2, 6, 9, 8])
        let (results, size) = (groups * test.pick(1...9), test.pick(1...3))
        let (leftSigned, rightSigned) = (seed % 2 == 1, seed % 5 > 0)
        test.constant("xs", Tensor(scalar: Float(1.0 / 120)))
        test.zero("xz", leftSigned ? -7 : 130, isSigned: leftSigned)
        try test.bytes("w", [results, 6 / groups, size, size], isSigned: rightSigned)
        let perChannel = test.pick(0...1) == 1
        try test.scales("ws", perChannel ? [results] : [], around: 0.01)
        // The twist: one in six has weights that are not symmetric.
        let offset = test.pick(0...5) == 0 ? 1 : 0
        let zeros = [Int](repeating: (rightSigned ? 0 : 128) + offset, count: perChannel ? results : 1)
        let shape: Shape = perChannel ? [results] : []
        test.constant(
            "wz",
            rightSigned
                ? try Tensor(zeros.map { Int8($0) }, shape: shape) : try Tensor(zeros.map { UInt8($0) }, shape: shape))
        test.constant("ys", Tensor(scalar: Float(0.04)))
        test.zero("yz", 100, isSigned: false)
        let sums = (0..<results).map { _ in Int32(test.pick(-3000...3000)) }
        test.constant("b", Tensor(sums))
        let window = [
            Attribute("group", .int(groups)), Attribute("pads", .ints((0..<4).map { _ in test.pick(0...1) })),
            Attribute("strides", .ints([test.pick(1...2), 1])),
        ]
        test.add("QuantizeLinear", ["x", "xs", "xz"], "q")
        switch test.pick(0...2) {
        case 0:
            let bias = test.pick(0...1) == 1 ? ["b"] : []
            test.add("QLinearConv", ["q", "xs", "xz", "w", "ws", "wz", "ys", "yz"] + bias, "y", window)
        case 1:
            test.constant("bs", try Tensor([Float](repeating: 1e-4, count: results), shape: [results]))
            test.add("DequantizeLinear", ["q", "xs", "xz"], "xr")
            test.add("DequantizeLinear", ["w", "ws", "wz"], "wr", [Attribute("axis", .int(0))])
            test.add("DequantizeLinear", ["b", "bs"], "br", [Attribute("axis", .int(0))])
            test.add("Conv", ["xr", "wr", "br"], "c", window)
            test.add("Relu", ["c"], "r")
            test.add("QuantizeLinear", ["r", "ys", "yz"], "y")
        default:
            test.zero("wz1", rightSigned ? 0 : 128 + offset, isSigned: rightSigned)
            test.add("ConvInteger", ["q", "w", "xz", "wz1"], "y", window)
        }
        let (engine, reference) = try test.run()
        try Self.expectSteps(engine[0], reference[0], "seed \(seed)")
    }

    /// Bytes as weights of real products: the reals of the model, and with the setting on what 8 bits keep.
    @Test(arguments: 0..<16 as Range<UInt64>) func weightsInBytes(seed: UInt64) throws {
        var test = QuantizedGraph(seed: seed, data: [2, 5, 64], outputs: ["y", "g"])
        let (columns, isTransposed) = (test.pick(1...70), seed % 4 == 3)
        try test.bytes("w", isTransposed ? [columns, 64] : [64, columns], isSigned: true)
        try test.scales("s", isTransposed ? [columns, 1] : [1, columns], around: 0.01)
        try test.scales("bias", [columns], around: 0.3)
        test.add("Cast", ["w"], "f", [Attribute("to", .int(1))])
        test.add("Mul", seed % 2 == 0 ? ["f", "s"] : ["s", "f"], "wr")
        if isTransposed {
            test.add("Flatten", ["x"], "rows", [Attribute("axis", .int(2))])
            test.add("Gemm", ["rows", "wr", "bias"], "b", [Attribute("transB", .int(1))])
        } else {
            test.add("MatMul", ["x", "wr"], "p")
            test.add("Add", ["p", "bias"], "b")
        }
        for (name, value) in [("root", Float(2).squareRoot()), ("one", 1), ("half", 0.5)] {
            test.constant(name, Tensor(scalar: value))
        }
        test.add("Div", ["b", "root"], "d")
        test.add("Erf", ["d"], "e")
        test.add("Add", ["e", "one"], "o")
        test.add("Mul", ["half", "o"], "h")
        test.add("Mul", ["b", "h"], "y")
        // Rows picked from a table of bytes.
        try test.bytes("table", [9, 6], isSigned: true)
        try test.scales("ts", [9, 1], around: 0.1)
        test.constant("ids", try Tensor([Int64(3), -1, 0, 3], shape: [2, 2]))
        test.add("Cast", ["table"], "tf", [Attribute("to", .int(1))])
        test.add("Mul", ["tf", "ts"], "tr")
        test.add("Gather", ["tr", "ids"], "g")
        var copy = test
        let exact = try copy.run()
        expectAgreement(exact.engine[0], exact.reference[0], .agreement(2e-6), "seed \(seed), real products")
        var options = EngineOptions()
        options.extra["dynamic-quantization"] = "on"
        let (engine, reference) = try test.run(options)
        expectAgreement(engine[0], reference[0], .agreement(2e-2), "seed \(seed)")
        #expect(engine[0] != reference[0], "seed \(seed): nothing was quantised")
        #expect(engine[1] == reference[1], "seed \(seed)")
    }

    /// Reals times bytes with all that may stand around them, for few and many rows, on one thread and on two.
    @Test(arguments: 0..<32 as Range<UInt64>) func realsTimesBytes(seed: UInt64) throws {
        let rows = [1, 3, 40, 130][Int(seed % 4)]
        // A single row may come without an axis of rows.
        var test = QuantizedGraph(seed: seed, data: seed % 8 == 4 ? [72] : [rows, 72], outputs: ["y", "z"])
        let (columns, isSigned, perColumn) = (test.pick(1...90), seed % 3 > 0, test.pick(0...1) == 1)
        try test.bytes("w", [72, columns], isSigned: isSigned)
        try test.scales("ws", perColumn ? [columns] : [], around: 0.01)
        if perColumn {
            try test.bytes("wz", [columns], isSigned: isSigned)
        } else {
            test.zero("wz", isSigned ? test.pick(-20...20) : 131, isSigned: isSigned)
        }
        try test.scales("bias", [columns], around: 0.5)
        test.add("DequantizeLinear", ["w", "ws", "wz"], "wr", [Attribute("axis", .int(1))])
        test.add("MatMul", ["x", "wr"], "p")
        test.add("Add", ["p", "bias"], "b")
        switch test.pick(0...2) {
        case 0: test.add("Relu", ["b"], "y")
        case 1: test.add("Gelu", ["b"], "y")
        default: test.add("Identity", ["b"], "y")
        }
        // A square product, to whose result what it multiplies is added.
        try test.bytes("v", [72, 72], isSigned: true)
        test.constant("vs", Tensor(scalar: Float(0.002)))
        test.add("DequantizeLinear", ["v", "vs"], "vr")
        test.add("MatMul", ["x", "vr"], "q")
        test.add("Add", ["q", "x"], "z")
        test.opset = 20
        for threads in 1...2 {
            var (copy, options) = (test, EngineOptions())
            options.threads = threads
            let (engine, reference) = try copy.run(options)
            for (left, right) in zip(engine, reference) {
                expectAgreement(left, right, .agreement(2e-6), "seed \(seed), threads \(threads)")
            }
        }
    }

    /// What looks like a pattern and is none.
    @Test(arguments: 0..<6) func twistsAreLeftAlone(twist: Int) throws {
        var test = QuantizedGraph(seed: UInt64(twist), data: [4, 8])
        try test.bytes("w", [8, 8], isSigned: true)
        test.constant("ws", try Tensor((1...8).map { Float($0) / 100 }, shape: twist == 0 ? [8, 1] : [8]))
        if twist < 2 {
            // Scales along the summed axis.
            if twist == 0 {
                test.add("Cast", ["w"], "f", [Attribute("to", .int(1))])
                test.add("Mul", ["f", "ws"], "wr")
            } else {
                test.add("DequantizeLinear", ["w", "ws"], "wr", [Attribute("axis", .int(0))])
            }
            test.add("MatMul", ["x", "wr"], "y")
        } else {
            test.graph.nodes.append(Node("DynamicQuantizeLinear", inputs: ["x"], outputs: ["q", "s", "z"]))
            test.add("MatMulInteger", ["q", "w", "z"], "sums")
            let type = twist == 2 ? 11 : 1
            test.add("Cast", ["sums"], "reals", [Attribute("to", .int(type))])
            switch twist {
            case 2: test.add("Identity", ["reals"], "y")
            case 3:
                // A factor for each row is no scale of the weights.
                test.constant("rows", try Tensor([Float(1), 2, 3, 4], shape: [4, 1]))
                test.add("Mul", ["reals", "rows"], "y")
            case 4:
                // A bias for each row.
                test.constant("rows", try Tensor([Float(1), 2, 3, 4], shape: [4, 1]))
                test.add("Mul", ["reals", "s"], "scaled")
                test.add("Add", ["scaled", "rows"], "y")
            default:
                // The real sums are an output too.
                test.add("Mul", ["reals", "s"], "y")
                test.graph.outputs.append(ValueInfo("reals"))
            }
        }
        let (engine, reference) = try test.run()
        for (left, right) in zip(engine, reference) {
            expectAgreement(left, right, .agreement(1e-5), "twist \(twist)")
        }
    }
}
