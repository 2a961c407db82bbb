import Foundation
import Graphs
import Tensors

/// Triangular filters on the mel scale, a column a band: a spectrum times this matrix gives the bands' magnitudes.
///
/// A frequency f in Hz is 2595 log₁₀(1 + f / 700) mel (O'Shaughnessy, "Speech Communication", 1987).
struct MelWeightMatrix: Operator {
    let name = "MelWeightMatrix"
    let family = OperatorFamily.signal
    let agreement = Agreement.approximation
    let signature = Signature(
        inputs: [
            .init("num_mel_bins", TypeSets.indices), .init("dft_length", TypeSets.indices),
            .init("sample_rate", TypeSets.indices), .init("lower_edge_hertz", TypeSets.floats),
            .init("upper_edge_hertz", TypeSets.floats),
        ], outputs: [.init("output", TypeSets.numbers)], attributes: [.init("output_datatype", default: .int(1))],
        versions: [17])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        let rows = site.integers(1)?.first.map { Dimension.fixed($0 / 2 + 1) } ?? .unknown
        let columns = site.elements(0)?.first ?? .unknown
        return [.tensor(try attributes(site).elementType("output_datatype"), [rows, columns])]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let bands = Int(try number(call, 0))
        let length = Int(try number(call, 1))
        let rows = length / 2 + 1
        var weights = [Double](repeating: 0, count: try Shape([rows, bands]).allocatableCount(call.path))
        let edges = try edges(call, bands: bands, length: length, rows: rows)
        for band in 0..<bands {
            let (low, center, high) = (edges[band], edges[band + 1], edges[band + 2])
            if low == center { weights[center * bands + band] = 1 }
            for row in stride(from: low, through: center, by: 1) where low < center {
                weights[row * bands + band] = Double(row - low) / Double(center - low)
            }
            for row in stride(from: center, to: high, by: 1) {
                weights[row * bands + band] = Double(high - row) / Double(high - center)
            }
        }
        let tensor = try Tensor.make(weights, [rows, bands], call.path)
        let type = try attributes(call).elementType("output_datatype")
        return [.tensor(try Conversion.convert(tensor, to: type, call.path))]
    }

    /// The rows at which the bands begin, peak and end: evenly spaced in mel.
    private func edges(_ call: Call, bands: Int, length: Int, rows: Int) throws(OperatorError) -> [Int] {
        func mel(_ frequency: Double) -> Double { 2595 * log10(1 + frequency / 700) }
        let rate = try number(call, 2)
        let (lowest, highest) = (mel(try number(call, 3)), mel(try number(call, 4)))
        let step = (highest - lowest) / Double(bands + 2)
        var edges: [Int] = []
        for index in 0..<bands + 2 {
            let frequency = 700 * (pow(10, (Double(index) * step + lowest) / 2595) - 1)
            let place = (Double(length + 1) * frequency / rate).rounded(.down)
            guard place >= 0, place < Double(rows), edges.last ?? 0 <= Int(place) else {
                throw OperatorError(
                    .index, subject: call.path,
                    reason: "a frequency of \(frequency) Hz is outside a spectrum of \(rows) rows at \(rate) Hz",
                    remedy: "raise the sample rate, or lower the edges")
            }
            edges.append(Int(place))
        }
        return edges
    }

    private func number(_ call: Call, _ index: Int) throws(OperatorError) -> Double {
        let tensor = try call.tensor(index)
        let values: [Double] = try Conversion.convert(tensor, to: .float64, call.path).elements(call.path)
        // Sizes beyond a million million are no sizes.
        guard values.count == 1, let value = values.first, index > 2 || value >= 0, abs(value) < 1e12 else {
            throw OperatorError(
                .shape, subject: call.path, reason: "\(signature.inputs[index].name) is no single sensible number")
        }
        return value
    }

    var examples: [Example] {
        let inputs: [Value] = [
            .ints([8], []), .ints([16], []), .ints([8192], []), .floats([0], []), .floats([4096], []),
        ]
        return [
            Example("eight bands", opset: 17, inputs: inputs, isDifferentiable: false),
            Example(
                "two bands, in double precision", opset: 17,
                attributes: [.init("output_datatype", .int(Int(ElementType.float64.rawValue)))],
                inputs: [
                    .tensor([Int32(2)], []), .tensor([Int32(8)], []), .ints([8000], []), .floats([0], []),
                    .floats([4000], []),
                ], constantInputs: [0, 1], isDifferentiable: false),
        ]
    }
}
