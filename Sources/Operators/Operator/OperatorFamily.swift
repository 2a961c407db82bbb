/// The families operators are documented under; each is a folder.
public enum OperatorFamily: String, Sendable, CaseIterable {
    case elementwise = "Elementwise"
    case reduction = "Reduction"
    case linear = "Linear"
    case convolution = "Convolution"
    case pooling = "Pooling"
    case normalization = "Normalization"
    case shape = "Shape"
    case indexing = "Indexing"
    case recurrent = "Recurrent"
    case quantization = "Quantization"
    case generation = "Generation"
    case control = "Control"
    case sequence = "Sequence"
    case resampling = "Resampling"
}
