import Foundation
import Graphs
import Tensors

/// An operator that writes a window of cosines for spectra of a signal.
///
/// Source: Harris, "On the Use of Windows for Harmonic Analysis with the Discrete Fourier Transform" (Proceedings of the
/// IEEE 66, 1978), in the form of the ONNX standard.
protocol WindowOperator: Operator {
    /// The weights of cos(0), cos(2πn/N), cos(4πn/N), …
    static var cosines: [Double] { get }
}

extension WindowOperator {
    var family: OperatorFamily { .signal }
    var agreement: Agreement { .approximation }
    static var windowSignature: Signature {
        Signature(
            inputs: [.init("size", TypeSets.indices)], outputs: [.init("output", TypeSets.numbers)],
            attributes: [.init("output_datatype", default: .int(1)), .init("periodic", default: .int(1))],
            versions: [17])
    }

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        let size = site.elements(0)?.first ?? .unknown
        return [.tensor(try attributes(site).elementType("output_datatype"), [size])]
    }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        let count = Double(4 * Self.cosines.count)
        return .traffic(site, outputs: outputs, operations: count * Work.elementCount(outputs.first ?? nil))
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let attributes = attributes(call)
        let sizes = try call.tensor(0).integers(call.path)
        guard sizes.count == 1, let size = sizes.first else {
            throw OperatorError(.shape, subject: call.path, reason: "size is not a single number")
        }
        _ = try Shape([size]).allocatableCount(call.path)
        let period = Double(try attributes.flag("periodic") ? size : size - 1)
        let values = (0..<size).map { index in
            Self.cosines.enumerated().reduce(0) { sum, term in
                sum + term.element * cos(2 * Double.pi * Double(term.offset * index) / period)
            }
        }
        let type = try attributes.elementType("output_datatype")
        return [.tensor(try Conversion.convert(try Tensor.make(values, [size], call.path), to: type, call.path))]
    }

    /// Examples of both forms: a periodic window of four and a symmetric one of three elements.
    static func examples(periodic: [Float], symmetric: [Double]) -> [Example] {
        [
            Example(
                "periodic", opset: 17, inputs: [.ints([4], [])], expected: [.floats(periodic)],
                isDifferentiable: false),
            Example(
                "symmetric, in double precision", opset: 17,
                attributes: [
                    .init("periodic", .int(0)), .init("output_datatype", .int(Int(ElementType.float64.rawValue))),
                ], inputs: [.tensor([Int32(3)], [])], constantInputs: [0], expected: [.tensor(symmetric)],
                isDifferentiable: false),
        ]
    }
}
