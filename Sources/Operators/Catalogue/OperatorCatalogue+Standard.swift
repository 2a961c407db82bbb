extension OperatorCatalogue {
    /// The operators that ship with Assay.
    public static let standard = OperatorCatalogue(
        [
            elementwise, reduction, linear, convolution, pooling, normalization, shape, indexing, recurrent,
            attention, quantization, loss, training, generation, control, sequence, resampling, signal, vision, text,
            optional,
            traditionalML,
        ].flatMap(\.self))

    // One line an operator, sorted by name within its family.

    private static let elementwise: [any Operator] = [
        Abs(),
        Acos(),
        Acosh(),
        Add(),
        And(),
        Asin(),
        Asinh(),
        Atan(),
        Atanh(),
        BitCast(),
        BitShift(),
        BitwiseAnd(),
        BitwiseNot(),
        BitwiseOr(),
        BitwiseXor(),
        Cast(),
        CastLike(),
        Ceil(),
        Celu(),
        Clip(),
        Cos(),
        Cosh(),
        Div(),
        Elu(),
        Equal(),
        Erf(),
        Exp(),
        Floor(),
        Gelu(),
        Greater(),
        GreaterOrEqual(),
        HardSigmoid(),
        HardSwish(),
        IsInf(),
        IsNaN(),
        LeakyRelu(),
        Less(),
        LessOrEqual(),
        Log(),
        Max(),
        Mean(),
        Min(),
        Mish(),
        Mod(),
        Mul(),
        Neg(),
        Not(),
        Or(),
        PRelu(),
        Pow(),
        Reciprocal(),
        Relu(),
        Round(),
        Selu(),
        Shrink(),
        Sigmoid(),
        Sign(),
        Sin(),
        Sinh(),
        Softplus(),
        Softsign(),
        Sqrt(),
        Sub(),
        Sum(),
        SwiGLU(),
        Swish(),
        Tan(),
        Tanh(),
        ThresholdedRelu(),
        Where(),
        Xor(),
    ]

    private static let reduction: [any Operator] = [
        ArgMax(),
        ArgMin(),
        ReduceL1(),
        ReduceL2(),
        ReduceLogSum(),
        ReduceLogSumExp(),
        ReduceMax(),
        ReduceMean(),
        ReduceMin(),
        ReduceProd(),
        ReduceSum(),
        ReduceSumSquare(),
    ]

    private static let linear: [any Operator] = [
        Det(),
        Einsum(),
        Gemm(),
        MatMul(),
    ]

    private static let convolution: [any Operator] = [
        CausalConvWithState(),
        Col2Im(),
        Conv(),
        ConvInteger(),
        ConvTranspose(),
        DeformConv(),
        QLinearConv(),
    ]

    private static let pooling: [any Operator] = [
        AveragePool(),
        GlobalAveragePool(),
        GlobalLpPool(),
        GlobalMaxPool(),
        LpPool(),
        MaxPool(),
        MaxUnpool(),
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
        CenterCropPad(),
        Concat(),
        DepthToSpace(),
        Expand(),
        Flatten(),
        Identity(),
        Pad(),
        Reshape(),
        ReverseSequence(),
        ShapeOf(),
        Size(),
        Slice(),
        SpaceToDepth(),
        Split(),
        Squeeze(),
        Tile(),
        Transpose(),
        Trilu(),
        Unsqueeze(),
    ]

    private static let indexing: [any Operator] = [
        Compress(),
        CumProd(),
        CumSum(),
        Gather(),
        GatherElements(),
        GatherND(),
        NonZero(),
        OneHot(),
        ScatterElements(),
        ScatterElements(name: "Scatter", versions: [9, 11]),
        ScatterND(),
        TensorScatter(),
        TopK(),
        Unique(),
    ]

    private static let recurrent: [any Operator] = [
        GRU(),
        LSTM(),
        RNN(),
    ]

    private static let attention: [any Operator] = [
        Attention(),
        FlexAttention(),
        LinearAttention(),
        RotaryEmbedding(),
    ]

    private static let quantization: [any Operator] = [
        DequantizeLinear(),
        DynamicQuantizeLinear(),
        MatMulInteger(),
        QLinearMatMul(),
        QuantizeLinear(),
    ]

    private static let loss: [any Operator] = [
        NegativeLogLikelihoodLoss(),
        SoftmaxCrossEntropyLoss(),
    ]

    private static let training: [any Operator] = [
        Adagrad(),
        Adam(),
        Momentum(),
    ]

    private static let generation: [any Operator] = [
        Bernoulli(),
        Constant(),
        ConstantOfShape(),
        EyeLike(),
        Multinomial(),
        RandomNormal(),
        RandomNormalLike(),
        RandomUniform(),
        RandomUniformLike(),
        RangeOperator(),
    ]

    private static let control: [any Operator] = [
        If(),
        Loop(),
        Scan(),
    ]

    private static let sequence: [any Operator] = [
        ConcatFromSequence(),
        SequenceAt(),
        SequenceConstruct(),
        SequenceEmpty(),
        SequenceErase(),
        SequenceInsert(),
        SequenceLength(),
        SequenceMap(),
        SplitToSequence(),
    ]

    private static let resampling: [any Operator] = [
        AffineGrid(),
        GridSample(),
        Resize(),
        Upsample(),
    ]

    private static let signal: [any Operator] = [
        BlackmanWindow(),
        DFT(),
        HammingWindow(),
        HannWindow(),
        MelWeightMatrix(),
        STFT(),
    ]

    private static let vision: [any Operator] = [
        ImageDecoder(),
        MaxRoiPool(),
        NonMaxSuppression(),
        RoiAlign(),
    ]

    private static let text: [any Operator] = [
        RegexFullMatch(),
        StringConcat(),
        StringNormalizer(),
        StringSplit(),
        TfIdfVectorizer(),
    ]

    private static let optional: [any Operator] = [
        OptionalOperator(),
        OptionalGetElement(),
        OptionalHasElement(),
    ]

    private static let traditionalML: [any Operator] = [
        ArrayFeatureExtractor(),
        Binarizer(),
        LabelEncoder(),
        TreeEnsemble(),
    ]
}
