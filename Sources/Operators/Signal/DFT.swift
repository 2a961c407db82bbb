import Graphs
import Tensors

/// The discrete Fourier transform along an axis, forward or inverse, of real or complex signals, in full or only the half
/// that a real signal's spectrum needs.
///
/// The last axis holds the real part, or the real and the imaginary part.
struct DFT: Operator {
    let name = "DFT"
    let family = OperatorFamily.signal
    let agreement = Agreement.accumulation
    let signature = Signature(
        inputs: [
            .init("input", TypeSets.floats), .init("dft_length", TypeSets.indices, .optional),
            .init("axis", TypeSets.int64, .optional),
        ], outputs: [.init("output", TypeSets.floats)],
        attributes: [
            .init("axis", default: .int(1)), .init("inverse", default: .int(0)), .init("onesided", default: .int(0)),
        ], versions: [17, 20])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let type = site.elementType(0) else { return [nil] }
        guard var dimensions = site.shape(0)?.dimensions else { return [.tensor(type, nil)] }
        let form = try DFTForm(attributes(site))
        if let parts = dimensions.last?.value { try form.check(parts: parts, site.path) }
        guard let axis = try axis(site, form, rank: dimensions.count) else {
            return [.tensor(type, .unknown(rank: dimensions.count))]
        }
        let given = site.hasInput(1) ? site.integers(1)?.first : nil
        if !site.hasInput(1), !form.isOneSided {
            // The length stays as it is, known or not.
        } else if let length = given ?? (site.hasInput(1) ? nil : dimensions[axis].value.map(form.defaultLength)) {
            try form.check(length: length, site.path)
            dimensions[axis] = .fixed(form.resultLength(length))
        } else {
            dimensions[axis] = .unknown
        }
        dimensions[dimensions.count - 1] = .fixed(form.isRealInverse ? 1 : 2)
        return [.tensor(type, SymbolicShape(dimensions))]
    }

    /// The axis as an attribute of older versions or an input of newer ones; `nil` where it is not known yet.
    private func axis(_ site: CallSite, _ form: DFTForm, rank: Int) throws(OperatorError) -> Int? {
        if site.opset >= 20, site.hasInput(2) {
            return try site.integers(2)?.first.map { (axis) throws(OperatorError) in
                try DFTForm.signalAxis(axis, rank: rank, site.path)
            }
        }
        let axis = site.opset >= 20 ? -2 : try attributes(site).int("axis")
        return try DFTForm.signalAxis(axis, rank: rank, site.path)
    }

    /// 5 N log₂ N a signal, as benchmarks of Fourier transforms count.
    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        guard let shape = site.fixedShape(0), let form = try? DFTForm(attributes(site)),
            let axis = (try? axis(site, form, rank: shape.rank)) ?? nil, let count = shape.checkedElementCount,
            count > 0
        else { return .traffic(site, outputs: outputs) }
        let length = shape[axis]
        let signals = count / length / shape[shape.rank - 1]
        return .traffic(
            site, outputs: outputs,
            operations: 5 * Double(signals * length) * Double(Int.bitWidth - length.leadingZeroBitCount))
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let form = try DFTForm(attributes(call))
        let site = call.typedSite
        return try call.widened { (call) throws(OperatorError) in
            let data = try call.tensor(0)
            guard let axis = try axis(site, form, rank: data.shape.rank) else {
                throw OperatorError(.shape, subject: call.path, reason: "axis is empty")
            }
            try form.check(parts: data.shape[data.shape.rank - 1], call.path)
            let length = try call.optionalIntegers(1)?.first ?? form.defaultLength(data.shape[axis])
            try form.check(length: length, call.path)
            let kernel = TransformKernel(data: data, axis: axis, length: length, form: form, path: call.path)
            return [try data.elementType.dispatchReal(kernel, path: call.path)]
        }
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? { try DFTGradient(site, self).pullback() }

    var examples: [Example] {
        let signal = Value.floats([1, 2, 3, 4], [1, 4, 1])
        let complex = Value.noise([1, 5, 2, 2])
        let spectrum = Value.floats([10, 0, -2, 2, -2, 0], [1, 3, 2])
        let inverse = Attribute("inverse", .int(1))
        let half = Attribute("onesided", .int(1))
        return [
            Example(
                "a real signal", opset: 20, inputs: [signal],
                expected: [.floats([10, 0, -2, 2, -2, 0, -2, -2], [1, 4, 2])]),
            Example(
                "half of the spectrum", opset: 20, attributes: [half], inputs: [signal], expected: [spectrum]),
            Example(
                "half a spectrum back to a signal", opset: 20, attributes: [inverse, half], inputs: [spectrum],
                expected: [signal]),
            Example(
                "half a spectrum of an odd length", opset: 20, attributes: [inverse, half],
                inputs: [.noise([2, 3, 2]), .ints([5], [])], constantInputs: [1]),
            Example(
                "complex, along the first axis", opset: 17, attributes: [.init("axis", .int(1)), inverse],
                inputs: [complex]),
            Example(
                "cut to a length, axis as input", opset: 20, inputs: [complex, .ints([3], []), .ints([1], [])],
                constantInputs: [1, 2]),
            Example(
                "filled up to a length", opset: 17, inputs: [signal, .ints([6], [])], constantInputs: [1]),
        ]
    }

    /// Transforms every signal along the axis.
    private struct TransformKernel: RealKernel {
        let data: Tensor
        let axis: Int
        let length: Int
        let form: DFTForm
        let path: String

        func run<T: Real>(_ type: T.Type) throws(OperatorError) -> Value {
            let values: [T] = try data.elements(path)
            let shape = data.shape
            let parts = shape[shape.rank - 1]
            var target = shape
            target[axis] = form.resultLength(length)
            target[shape.rank - 1] = form.isRealInverse ? 1 : 2
            var result = [T](repeating: 0, count: try target.allocatableCount(path))
            _ = try Shape([length]).allocatableCount(path)
            let transform = FourierTransform(length: length, isInverse: form.isInverse)
            // Elements between neighbours along the axis, counted in complex numbers.
            let step = shape.dimensions[(axis + 1)..<(shape.rank - 1)].extentProduct
            let outer = shape.dimensions[..<axis].extentProduct
            let given = min(shape[axis], form.isRealInverse ? length / 2 + 1 : length)
            for signal in 0..<outer * step {
                let (block, offset) = (signal / step, signal % step)
                var elements = [FourierTransform.Complex](repeating: .zero, count: length)
                for index in 0..<given {
                    let place = ((block * shape[axis] + index) * step + offset) * parts
                    elements[index].real = Double(values[place])
                    if parts == 2 { elements[index].imaginary = Double(values[place + 1]) }
                }
                if form.isRealInverse { form.mirror(&elements) }
                let spectrum = transform(elements)
                for index in 0..<target[axis] {
                    let place = ((block * target[axis] + index) * step + offset) * target[shape.rank - 1]
                    result[place] = T(spectrum[index].real)
                    if !form.isRealInverse { result[place + 1] = T(spectrum[index].imaginary) }
                }
            }
            return try .make(result, target, path)
        }
    }
}
