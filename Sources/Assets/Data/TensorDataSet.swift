import Records
import Tensors

/// A data set of tensors whose first axis counts the samples.
struct TensorDataSet: DataSet {
    let count: Int
    let classNames: [String]
    private let subject: String
    private let columns: [NamedTensor]
    private let labels: [DataLabel]?

    var kind: SampleKind { .tensors(columns.map(\.name)) }

    init(subject: String, columns: [NamedTensor], labels: Tensor?, classes: ClassList) throws(AssetError) {
        self.subject = subject
        self.columns = columns
        classNames = classes.names
        guard let count = columns.first?.tensor.shape.first else {
            throw AssetError(
                .malformed, subject: subject, reason: "it has no array with an axis that counts samples")
        }
        for column in columns {
            guard column.tensor.shape.first == count, column.tensor.bytes != nil,
                column.tensor.elementType.bitWidth >= 8
            else {
                throw AssetError(
                    .malformed, subject: subject,
                    reason:
                        "the array of '\(column.name)' is \(column.tensor.elementType.name)[\(column.tensor.shape)], and \(count) samples are expected"
                )
            }
        }
        guard count > 0 else {
            throw DataPath.empty(subject, "its arrays are empty", remedy: "give at least one sample")
        }
        self.count = count
        guard let labels else {
            self.labels = nil
            return
        }
        let numbers = try TensorConversion.doubles(labels, subject: subject)
        guard labels.shape == [count] else {
            throw AssetError(
                .invalidLabel, subject: subject,
                reason: "its labels have the shape \(labels.shape) for \(count) samples",
                remedy: "give one label a sample")
        }
        var found: [DataLabel] = []
        for (index, number) in numbers.enumerated() {
            found.append(
                try classes.label(
                    Int(exactly: number).map(String.init) ?? String(number), of: "\(subject), sample \(index)"))
        }
        self.labels = found
    }

    func name(of index: Int) -> String { "\(subject), sample \(index)" }

    func item(at index: Int) throws(AssetError) -> DataItem {
        try check(index)
        var tensors: [NamedTensor] = []
        for column in columns {
            let shape = Shape(Array(column.tensor.shape.dimensions.dropFirst()))
            let size = column.tensor.elementType.byteCount(of: shape.elementCount) ?? 0
            guard let bytes = column.tensor.bytes?.slice((index * size)..<((index + 1) * size)) else { continue }
            let tensor = try tensor(name(of: index)) { () throws(TensorError) in
                try Tensor(elementType: column.tensor.elementType, shape: shape, bytes: bytes)
            }
            tensors.append(NamedTensor(name: column.name, tensor: tensor))
        }
        return DataItem(name: name(of: index), sample: .tensors(tensors), label: labels?[index])
    }

    func contentHash() throws(AssetError) -> Digest {
        var digest = DataDigest()
        for column in columns {
            digest.add("\(column.name) \(column.tensor.elementType.name) \(column.tensor.shape)")
            if let bytes = column.tensor.bytes { digest.add(bytes) }
        }
        for label in labels ?? [] { digest.add(label) }
        return digest.finalize()
    }
}
