import Operators

extension Kernel {
    /// What makes primitives for this kernel.
    var planner: any KernelPlanner {
        switch self {
        case .convolution(let window, let groups): ConvolutionPlanner(window: window, groups: groups)
        case .transposedConvolution(let window, let groups, let outputPadding):
            TransposedConvolutionPlanner(window: window, groups: groups, outputPadding: outputPadding)
        case .matrixProduct(let transposeA, let transposeB, let alpha, let beta):
            MatrixProductPlanner(transposeA: transposeA, transposeB: transposeB, alpha: alpha, beta: beta)
        case .pooling(let kind, let window): PoolingPlanner(kind: kind, window: window)
        case .batchNormalization(let epsilon): BatchNormalizationPlanner(epsilon: epsilon)
        case .layerNormalization(let axis, let epsilon): LayerNormalizationPlanner(axis: axis, epsilon: epsilon)
        case .localResponseNormalization(let size, let alpha, let beta, let bias):
            ResponseNormalizationPlanner(size: size, alpha: alpha, beta: beta, bias: bias)
        case .softmax(let axis, let logarithm): SoftmaxPlanner(axis: axis, logarithm: logarithm)
        case .reduction(let kind, let axes, let keepsDimensions):
            ReductionPlanner(kind: kind, axes: axes, keepsDimensions: keepsDimensions)
        case .unary(let kind): UnaryPlanner(kind: kind)
        case .binary(let kind): BinaryPlanner(kind: kind)
        case .resampling(let kind, let outputSize): ResamplingPlanner(kind: kind, outputSize: outputSize)
        case .reorder(let permutation): ReorderPlanner(permutation: permutation)
        case .view: ViewPlanner()
        case .concatenation(let axis): ConcatenationPlanner(axis: axis)
        case .comparison(let kind): ComparisonPlanner(kind: kind)
        case .classification(let kind): ClassificationPlanner(kind: kind)
        case .selection: SelectionPlanner()
        case .cast(let type): CastPlanner(type: type)
        case .slice(let walk): SlicePlanner(walk: walk)
        case .split(let axis, let sizes): SplitPlanner(axis: axis, sizes: sizes)
        case .padding(let kind, let before, let after): PaddingPlanner(kind: kind, before: before, after: after)
        case .expansion(let extents): ExpansionPlanner(extents: extents)
        case .repetition(let counts): RepetitionPlanner(counts: counts)
        case .rearrangement(let apart, let permutation, let extents):
            RearrangementPlanner(apart: apart, permutation: permutation, extents: extents)
        case .gather(let axis): GatherPlanner(axis: axis)
        case .elementGather(let axis): ElementGatherPlanner(axis: axis)
        case .recurrent(let recurrence): RecurrentPlanner(recurrence: recurrence)
        case .dynamicQuantization(let perRow): DynamicQuantizationPlanner(isPerRow: perRow)
        case .quantization(let axis, let isSigned):
            LinearQuantizationPlanner(axis: axis, dequantizes: false, isSigned: isSigned)
        case .dequantization(let axis): LinearQuantizationPlanner(axis: axis, dequantizes: true, isSigned: false)
        case .quantizedProduct(let transposeB, let activation):
            QuantizedProductPlanner(transposesB: transposeB, activation: activation)
        case .quantizedConvolution(let window, let groups, let activation):
            QuantizedConvolutionPlanner(window: window, groups: groups, activation: activation)
        case .quantizedGather: QuantizedGatherPlanner()
        }
    }
}
