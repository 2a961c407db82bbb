import Foundation
import Graphs
import Tensors

/// Outcomes drawn at random, each row's from the unnormalised logarithms of its probabilities.
struct Multinomial: Operator {
    let name = "Multinomial"
    let family = OperatorFamily.generation
    let agreement = Agreement.random
    let signature = Signature(
        inputs: [.init("input", TypeSets.floats)], outputs: [.init("output", TypeSets.indices)],
        attributes: [.init("dtype", default: .int(6)), .init("sample_size", default: .int(1)), .init("seed")],
        versions: [7, 22])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        let attributes = attributes(site)
        let rows = site.shape(0)?.dimensions.first ?? .unknown
        return [.tensor(try attributes.elementType("dtype"), [rows, .fixed(try attributes.int("sample_size"))])]
    }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        let classes = Double(site.shape(0)?.dimensions.last?.value ?? 0)
        return .traffic(site, outputs: outputs, operations: classes * Work.elementCount(outputs.first ?? nil))
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let attributes = attributes(call)
        let input = try call.tensor(0)
        guard input.shape.rank == 2, input.shape[1] > 0 else {
            throw OperatorError(
                .shape, subject: call.path, reason: "the input has shape \(input.shape)",
                remedy: "give it as [batch, class]")
        }
        let (rows, classes) = (input.shape[0], input.shape[1])
        let shape: Shape = [rows, try attributes.int("sample_size")]
        _ = try shape.allocatableCount(call.path)
        let logarithms: [Double] = try Conversion.convert(input, to: .float64, call.path).elements(call.path)
        var generator = SplitMix64(seed: try RandomSeed.seed(attributes, call.node))
        var draws: [Int64] = []
        for row in 0..<rows {
            let sums = cumulated(logarithms[(row * classes)..<(row + 1) * classes])
            for _ in 0..<shape[1] {
                let point = generator.unit() * (sums.last ?? 0)
                draws.append(Int64(min(sums.firstIndex { point < $0 } ?? classes - 1, classes - 1)))
            }
        }
        let type = try attributes.elementType("dtype")
        return [.tensor(try Conversion.convert(try Tensor.make(draws, shape, call.path), to: type, call.path))]
    }

    /// Sums of the probabilities so far, up to a common factor.
    private func cumulated(_ logarithms: ArraySlice<Double>) -> [Double] {
        let largest = logarithms.max() ?? 0
        var sum = 0.0
        return logarithms.map { logarithm in
            sum += exp(logarithm - largest)
            return sum
        }
    }

    var examples: [Example] {
        [
            Example(
                "one draw a row", opset: 9, attributes: [.init("seed", .float(1))],
                inputs: [.floats([0, 1, -1, 2, 0, 0], [2, 3])], isDifferentiable: false),
            Example(
                "several draws", opset: 22,
                attributes: [
                    .init("sample_size", .int(5)), .init("dtype", .int(Int(ElementType.int64.rawValue))),
                ], inputs: [.floats([0, 1], [1, 2])], isDifferentiable: false),
        ]
    }
}
