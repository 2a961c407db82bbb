import Graphs
import Operators
import Tensors
import Testing

/// Convolutions of random geometry against the definition, and against their own transposes.
@Suite struct ConvolutionTests {
    /// A random two-dimensional convolution in groups.
    struct Geometry: CustomStringConvertible {
        let seed: UInt64
        let batch: Int
        let groups: Int
        let channels: (data: Int, result: Int)
        let extents: [Int]
        let size: [Int]
        let strides: [Int]
        let dilations: [Int]
        let pads: [Int]

        init(seed: UInt64) {
            var generator = SplitMix64(seed: seed)
            func draw(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
            self.seed = seed
            batch = draw(1...2)
            groups = draw(1...3)
            channels = (groups * draw(1...3), groups * draw(1...5))
            size = [draw(1...3), draw(1...4)]
            strides = [draw(1...3), draw(1...3)]
            dilations = [draw(1...2), draw(1...2)]
            pads = (0..<4).map { _ in draw(0...2) }
            extents = [draw(6...11), draw(8...13)]
        }

        var outputs: [Int] {
            (0..<2).map { axis -> Int in
                let padded = extents[axis] + pads[axis] + pads[2 + axis]
                return (padded - (size[axis] - 1) * dilations[axis] - 1) / strides[axis] + 1
            }
        }
        var attributes: [Attribute] {
            [
                Attribute("strides", .ints(strides)), Attribute("dilations", .ints(dilations)),
                Attribute("pads", .ints(pads)), Attribute("group", .int(groups)),
            ]
        }
        var weightShape: Shape { Shape([channels.result, channels.data / groups] + size) }
        var dataShape: Shape { Shape([batch, channels.data] + extents) }
        var resultShape: Shape { Shape([batch, channels.result] + outputs) }
        var description: String { "seed \(seed): \(dataShape) by \(weightShape), \(groups) groups" }
    }

    private func evaluate(
        _ type: String, opset: Int = 11, _ inputs: [Tensor], _ attributes: [Attribute]
    ) throws -> Tensor {
        let target = try #require(OperatorCatalogue.standard.find(domain: "", name: type))
        let names = inputs.indices.map { "x\($0)" }
        let node = Node(type, inputs: names, outputs: ["y"], attributes: attributes)
        let operands = inputs.map { CallSite.Operand(type: Value.tensor($0).type) }
        let call = Call(
            site: CallSite(node: node, opset: opset, operands: operands), inputs: inputs.map { .tensor($0) }
        ) { _, _ throws(OperatorError) in [] }
        return try #require(try target.evaluate(call).first?.tensor)
    }

    private func product(_ left: [Double], _ right: [Double]) -> Double {
        zip(left, right).reduce(0.0) { $0 + $1.0 * $1.1 }
    }

    private func noise(_ shape: Shape, _ generator: inout SplitMix64) throws -> Tensor {
        try Tensor((0..<shape.elementCount).map { _ in Double.random(in: -1...1, using: &generator) }, shape: shape)
    }

    @Test(arguments: (1...60).map(UInt64.init))
    func convolutionIsItsDefinition(seed: UInt64) throws {
        let geometry = Geometry(seed: seed)
        var generator = SplitMix64(seed: seed)
        let data = try noise(geometry.dataShape, &generator)
        let weights = try noise(geometry.weightShape, &generator)
        let result = try evaluate("Conv", [data, weights], geometry.attributes)
        #expect(result.shape == geometry.resultShape, "\(geometry)")
        let (x, w, y) = (try data.doubles(), try weights.doubles(), try result.doubles())
        let (perGroup, outPerGroup) = (
            geometry.channels.data / geometry.groups, geometry.channels.result / geometry.groups
        )
        for _ in 0..<40 {
            let n = Int.random(in: 0..<geometry.batch, using: &generator)
            let m = Int.random(in: 0..<geometry.channels.result, using: &generator)
            let place = geometry.outputs.map { Int.random(in: 0..<$0, using: &generator) }
            var sum = 0.0
            for c in 0..<perGroup {
                for i in 0..<geometry.size[0] {
                    for j in 0..<geometry.size[1] {
                        let row = place[0] * geometry.strides[0] + i * geometry.dilations[0] - geometry.pads[0]
                        let column = place[1] * geometry.strides[1] + j * geometry.dilations[1] - geometry.pads[1]
                        guard (0..<geometry.extents[0]).contains(row), (0..<geometry.extents[1]).contains(column) else {
                            continue
                        }
                        let channel = m / outPerGroup * perGroup + c
                        let from = ((n * geometry.channels.data + channel) * geometry.extents[0] + row)
                        let at = ((m * perGroup + c) * geometry.size[0] + i) * geometry.size[1] + j
                        sum += x[from * geometry.extents[1] + column] * w[at]
                    }
                }
            }
            let plane = n * geometry.channels.result + m
            let at = (plane * geometry.outputs[0] + place[0]) * geometry.outputs[1] + place[1]
            #expect(abs(y[at] - sum) < 1e-12, "\(geometry)")
        }
    }

    /// ⟨conv(x), y⟩ = ⟨x, convᵀ(y)⟩ for every x and y.
    @Test(arguments: (1...60).map(UInt64.init))
    func theTransposeIsTheAdjoint(seed: UInt64) throws {
        let geometry = Geometry(seed: seed)
        var generator = SplitMix64(seed: seed &+ 1000)
        let data = try noise(geometry.dataShape, &generator)
        let weights = try noise(geometry.weightShape, &generator)
        let other = try noise(geometry.resultShape, &generator)
        let forward = try evaluate("Conv", [data, weights], geometry.attributes)
        let rest = (0..<2).map { axis -> Int in
            let padded = geometry.extents[axis] + geometry.pads[axis] + geometry.pads[2 + axis]
            let reached = (geometry.outputs[axis] - 1) * geometry.strides[axis]
            return padded - reached - (geometry.size[axis] - 1) * geometry.dilations[axis] - 1
        }
        let back = try evaluate(
            "ConvTranspose", [other, weights], geometry.attributes + [Attribute("output_padding", .ints(rest))])
        #expect(back.shape == data.shape, "\(geometry)")
        let left = product(try forward.doubles(), try other.doubles())
        let right = product(try data.doubles(), try back.doubles())
        #expect(abs(left - right) < 1e-10 * max(1, abs(left)), "\(geometry)")
    }

    /// Whatever a file says, a call ends in a result or in an error of the module.
    @Test(arguments: ["Conv", "ConvTranspose", "MaxPool", "AveragePool", "LpPool"])
    func hostileGeometryIsAnError(type: String) throws {
        var generator = SplitMix64(seed: 99)
        let values = [Int.min, -1, 0, 1, 2, 3, 1 << 31, Int.max]
        let image = try noise([1, 2, 5, 4], &generator)
        let weights = try noise([2, 2, 2, 2], &generator)
        let inputs = type.hasSuffix("Pool") ? [image] : [image, weights]
        var refused = 0
        for _ in 0..<300 {
            let attributes = ["kernel_shape", "strides", "dilations", "pads", "output_padding", "output_shape"]
                .compactMap {
                    name -> Attribute? in
                    guard Bool.random(using: &generator) || name == "kernel_shape" else { return nil }
                    let count = Int.random(in: 0...5, using: &generator)
                    return Attribute(
                        name, .ints((0..<count).map { _ in values.randomElement(using: &generator) ?? 0 }))
                }
            do { _ = try evaluate(type, [inputs[0]] + inputs.dropFirst(), attributes) } catch is OperatorError {
                refused += 1
            }
        }
        #expect(refused > 100)
    }
}
