import Tensors

/// How a scatter combines an update with what stands at its place.
enum ScatterReduction: String {
    case none, add, mul, max, min

    /// Reads the attribute `reduction`.
    init(_ attributes: Attributes) throws(OperatorError) {
        let name = try attributes.optionalString("reduction") ?? "none"
        guard let reduction = ScatterReduction(rawValue: name) else {
            throw OperatorError(
                .attribute, subject: attributes.path, reason: "reduction is '\(name)'",
                remedy: "use none, add, mul, max or min")
        }
        self = reduction
    }

    /// Writes runs of updates into the data, one after the other.
    func scatter(
        _ updates: Tensor, into data: Tensor, places: [Int], length: Int, path: String
    ) throws(OperatorError) -> Tensor {
        guard updates.elementCount == places.count * length, updates.elementType == data.elementType else {
            throw OperatorError(
                .shape, subject: path,
                reason: "updates \(updates.elementType.name)[\(updates.shape)] do not fit the indices into "
                    + "\(data.elementType.name)[\(data.shape)]")
        }
        if self == .none {
            return try OverwriteMovement(places: places, length: length).tensor(
                from: [data, updates], shape: data.shape, path: path)
        }
        let type = data.elementType
        guard type == .float16 || type == .bfloat16 || type == .bool else {
            let kernel = CombiningKernel(
                reduction: self, data: data, updates: updates, places: places, length: length, path: path)
            return try type.dispatch(kernel, path: path)
        }
        // Narrow floats are added in f32 and rounded once; truth values are combined as bytes.
        let wide: ElementType = type == .bool ? .uint8 : .float32
        let kernel = CombiningKernel(
            reduction: self, data: try Conversion.convert(data, to: wide, path),
            updates: try Conversion.convert(updates, to: wide, path), places: places, length: length, path: path)
        return try Conversion.convert(try wide.dispatch(kernel, path: path), to: type, path)
    }

    private struct CombiningKernel: NumberKernel {
        let reduction: ScatterReduction
        let data: Tensor
        let updates: Tensor
        let places: [Int]
        let length: Int
        let path: String

        func run<T: Number>(_ type: T.Type) throws(OperatorError) -> Tensor {
            let values: [T] = try data.elements(path)
            let changes: [T] = try updates.elements(path)
            let result =
                switch reduction {
                case .none: combine(values, changes) { $1 }
                case .add: combine(values, changes) { $0.plus($1) }
                case .mul: combine(values, changes) { $0.times($1) }
                case .max: combine(values, changes) { $1 > $0 || $1.isNotANumber ? $1 : $0 }
                case .min: combine(values, changes) { $1 < $0 || $1.isNotANumber ? $1 : $0 }
                }
            return try Tensor.make(result, data.shape, path)
        }

        private func combine<T>(_ values: [T], _ changes: [T], _ function: (T, T) -> T) -> [T] {
            var result = values
            for (index, place) in places.enumerated() {
                for offset in 0..<length {
                    result[place + offset] = function(result[place + offset], changes[index * length + offset])
                }
            }
            return result
        }
    }
}
