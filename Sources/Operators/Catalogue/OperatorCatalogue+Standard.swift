extension OperatorCatalogue {
    /// The operators that ship with Assay.
    public static let standard = OperatorCatalogue(
        elementwise + reduction + linear + convolution + pooling + normalization + shape + indexing + recurrent
            + quantization + generation + control + sequence + resampling)

    // One line an operator, sorted by name within its family.

    private static let elementwise: [any Operator] = [
        Add(),
        Relu(),
    ]

    private static let reduction: [any Operator] = [
        ReduceSum()
    ]

    private static let linear: [any Operator] = []

    private static let convolution: [any Operator] = [
        Conv(),
        ConvTranspose(),
    ]

    private static let pooling: [any Operator] = [
        AveragePool(),
        GlobalAveragePool(),
        GlobalLpPool(),
        GlobalMaxPool(),
        LpPool(),
        MaxPool(),
    ]

    private static let normalization: [any Operator] = [
        BatchNormalization(),
        Dropout(),
        GroupNormalization(),
        Hardmax(),
        InstanceNormalization(),
        LRN(),
        LayerNormalization(),
        LogSoftmax(),
        LpNormalization(),
        MeanVarianceNormalization(),
        RMSNormalization(),
        Softmax(),
    ]

    private static let shape: [any Operator] = [
        Concat(),
        Expand(),
        Flatten(),
        Identity(),
        Pad(),
        Reshape(),
        ShapeOf(),
        Size(),
        Slice(),
        Split(),
        Squeeze(),
        Tile(),
        Transpose(),
        Unsqueeze(),
    ]

    private static let indexing: [any Operator] = []

    private static let recurrent: [any Operator] = []

    private static let quantization: [any Operator] = []

    private static let generation: [any Operator] = []

    private static let control: [any Operator] = []

    private static let sequence: [any Operator] = []

    private static let resampling: [any Operator] = []
}
