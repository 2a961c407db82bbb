import Tensors

/// Orders of a convolution kernel's dimensions.
enum KernelLayout {
    /// From rows, columns, input, output channels (TensorFlow) to output, input channels, rows, columns (ONNX).
    ///
    /// A tensor of any other rank or type, which stands for a weight that was not there, is given back as it is.
    static func outputChannelsFirst(_ kernel: Tensor) -> Tensor {
        guard kernel.shape.count == 4, let source = try? kernel.values(of: Float.self) else { return kernel }
        let (rows, columns, inputs, outputs) = (kernel.shape[0], kernel.shape[1], kernel.shape[2], kernel.shape[3])
        var result: [Float] = []
        result.reserveCapacity(source.count)
        for output in 0..<outputs {
            for input in 0..<inputs {
                for position in 0..<(rows * columns) {
                    result.append(source[(position * inputs + input) * outputs + output])
                }
            }
        }
        return (try? Tensor(result, shape: [outputs, inputs, rows, columns])) ?? kernel
    }
}
