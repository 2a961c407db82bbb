import Graphs
import Tensors

extension GraphBuilder {
    /// What a convolution computes.
    struct Convolution {
        /// Output channels.
        var channels: Int
        /// Rows and columns of the kernel.
        var kernel: Int
        /// Rows and columns from one window to the next.
        var stride = 1
        /// What lies beyond the border.
        var padding = Padding.valid
        /// Groups of channels that do not mix.
        var groups = 1
    }

    /// A convolution without bias whose kernel `NAME.weight` is `[out, in / groups, k, k]`.
    mutating func convolution(_ input: FeatureMap, _ name: String, _ convolution: Convolution) -> FeatureMap {
        let kernel = convolution.kernel
        let shape: Shape = [convolution.channels, input.channels / convolution.groups, kernel, kernel]
        constant("\(name).weight", weights.take("\(name).weight", shape: shape))
        return addConvolution(input, name, convolution, parameters: ["\(name).weight"])
    }

    /// A convolution over constants that are in the graph already.
    mutating func addConvolution(
        _ input: FeatureMap, _ name: String, _ convolution: Convolution, parameters: [String]
    ) -> FeatureMap {
        let kernel = convolution.kernel
        node(
            "Conv", name, inputs: [input.name] + parameters,
            attributes: window(input, kernel: kernel, stride: convolution.stride, padding: convolution.padding)
                + [Attribute("dilations", .ints([1, 1])), Attribute("group", .int(convolution.groups))])
        return slid(
            input, name, channels: convolution.channels, kernel: kernel, stride: convolution.stride,
            padding: convolution.padding)
    }

    /// Batch normalisation for inference, with PyTorch's names for its four parameters.
    mutating func batchNormalization(_ input: FeatureMap, _ name: String, epsilon: Float) -> FeatureMap {
        let parameters = ["weight", "bias", "running_mean", "running_var"].map { "\(name).\($0)" }
        for parameter in parameters { constant(parameter, weights.take(parameter, shape: [input.channels])) }
        node(
            "BatchNormalization", name, inputs: [input.name] + parameters,
            attributes: [Attribute("epsilon", .float(epsilon))])
        return renamed(input, name)
    }

    /// `min(max(x, 0), 6)` (Krizhevsky, "Convolutional deep belief networks on CIFAR-10", 2010).
    mutating func relu6(_ input: FeatureMap, _ name: String) -> FeatureMap {
        node("Clip", name, inputs: [input.name] + clipBounds())
        return renamed(input, name)
    }

    /// `max(x, 0)`.
    mutating func relu(_ input: FeatureMap, _ name: String) -> FeatureMap {
        node("Relu", name, inputs: [input.name])
        return renamed(input, name)
    }

    /// The sum of two maps of one shape.
    mutating func add(_ left: FeatureMap, _ right: FeatureMap, _ name: String) -> FeatureMap {
        node("Add", name, inputs: [left.name, right.name])
        return renamed(left, name)
    }

    /// Maps of one size behind one another.
    mutating func concatenate(_ maps: [FeatureMap], _ name: String) -> FeatureMap {
        node("Concat", name, inputs: maps.map(\.name), attributes: [Attribute("axis", .int(1))])
        var result = maps[0]
        result.name = name
        result.channels = maps.reduce(0) { $0 + $1.channels }
        return result
    }

    /// The largest value of each window.
    mutating func maxPool(
        _ input: FeatureMap, _ name: String, kernel: Int, stride: Int, padding: Padding = .valid
    ) -> FeatureMap {
        node(
            "MaxPool", name, inputs: [input.name],
            attributes: window(input, kernel: kernel, stride: stride, padding: padding))
        return slid(input, name, channels: input.channels, kernel: kernel, stride: stride, padding: padding)
    }

    /// The mean of each channel.
    mutating func globalAveragePool(_ input: FeatureMap, _ name: String) -> FeatureVector {
        node("GlobalAveragePool", name, inputs: [input.name])
        node("Flatten", "\(name).flatten", inputs: [name], attributes: [Attribute("axis", .int(1))])
        return FeatureVector(name: "\(name).flatten", features: input.channels)
    }

    /// A fully connected layer whose `NAME.weight` is `[out, in]`, as PyTorch keeps it.
    mutating func linear(
        _ input: FeatureVector, _ name: String, features: Int, output: String? = nil
    ) -> FeatureVector {
        constant("\(name).weight", weights.take("\(name).weight", shape: [features, input.features]))
        constant("\(name).bias", weights.take("\(name).bias", shape: [features]))
        node(
            "Gemm", output ?? name, inputs: [input.name, "\(name).weight", "\(name).bias"],
            attributes: [Attribute("transB", .int(1))])
        return FeatureVector(name: output ?? name, features: features)
    }

    /// Probabilities over the features.
    mutating func softmax(_ input: FeatureVector, _ name: String) -> FeatureVector {
        node("Softmax", name, inputs: [input.name], attributes: [Attribute("axis", .int(1))])
        return FeatureVector(name: name, features: input.features)
    }

    private func renamed(_ map: FeatureMap, _ name: String) -> FeatureMap {
        var result = map
        result.name = name
        return result
    }

    private func window(_ input: FeatureMap, kernel: Int, stride: Int, padding: Padding) -> [Attribute] {
        let rows = padding.amounts(extent: input.height, kernel: kernel, stride: stride)
        let columns = padding.amounts(extent: input.width, kernel: kernel, stride: stride)
        return [
            Attribute("kernel_shape", .ints([kernel, kernel])), Attribute("strides", .ints([stride, stride])),
            Attribute("pads", .ints([rows.before, columns.before, rows.after, columns.after])),
        ]
    }

    private func slid(
        _ input: FeatureMap, _ name: String, channels: Int, kernel: Int, stride: Int, padding: Padding
    ) -> FeatureMap {
        FeatureMap(
            name: name, channels: channels,
            height: padding.outputExtent(input.height, kernel: kernel, stride: stride),
            width: padding.outputExtent(input.width, kernel: kernel, stride: stride))
    }
}
