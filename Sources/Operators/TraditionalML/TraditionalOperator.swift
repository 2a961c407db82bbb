import Graphs

/// An operator of the domain `ai.onnx.ml`: what machine learning without networks needs.
protocol TraditionalOperator: Operator {}

extension TraditionalOperator {
    var domain: String { "ai.onnx.ml" }
    var family: OperatorFamily { .traditionalML }
}
