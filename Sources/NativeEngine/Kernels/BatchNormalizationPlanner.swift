import COneDNN
import Engines
import Operators
import Tensors

/// Normalisation by given statistics, in the layout of the data; with an activation where the data lie channels last.
struct BatchNormalizationPlanner: FusingPlanner, PlacingPlanner {
    let epsilon: Float
    var postOperations: [PostOperation] = []
    var destination: Layout?

    init(epsilon: Float) { self.epsilon = epsilon }

    var readsParts: Bool { true }

    func fuses(_ operations: [PostOperation]) -> Bool { bounds(operations) != nil }

    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        guard let data = operands[0], (2...5).contains(data.extents.count), operands.count >= 5,
            operands[1..<5].allSatisfy({ $0?.extents == [data.extents[1]] })
        else { return nil }
        if let direct = try directDraft(data, operands, library) { return direct }
        guard postOperations.isEmpty else { return nil }
        let channels = try Layout([data.extents[1]], library)
        let flags =
            ONEDNN_NORMALIZATION_GLOBAL_STATISTICS | ONEDNN_NORMALIZATION_SCALE | ONEDNN_NORMALIZATION_SHIFT
        let functions = library.functions
        let description = try PrimitiveDescription(
            "dnnl_batch_normalization_forward_primitive_desc_create", library
        ) {
            functions.batchNormalization(
                $0, library.engine, Int32(ONEDNN_FORWARD_INFERENCE), data.layout.handle, data.layout.handle, epsilon,
                UInt32(flags), $1)
        }
        guard let description,
            let draft = try draft(of: data, description, destination: data.layout, extents: data.extents)
        else { return nil }
        let arguments = [
            ONEDNN_ARGUMENT_SCALE, ONEDNN_ARGUMENT_SHIFT, ONEDNN_ARGUMENT_MEAN, ONEDNN_ARGUMENT_VARIANCE,
        ]
        let parameters = arguments.enumerated().map { index, argument in
            KernelDraft.Source(
                argument: argument, operand: index + 1, acceptsAnyLayout: false, given: channels, wanted: channels)
        }
        return KernelDraft(draft.computation, draft.sources + parameters, results: draft.results)
    }

    /// A scale and a shift for each channel, where the data lie channels last and the statistics are constant.
    private func directDraft(
        _ data: KernelOperand, _ operands: [KernelOperand?], _ library: OneDNNLibrary
    ) throws(EngineError) -> KernelDraft? {
        guard let step = data.layout.pixelStride(data.extents), !data.isRowMajor || data.extents[1] == 1,
            let bounds = bounds(postOperations), let line = line(operands, channels: data.extents[1])
        else { return nil }
        let wanted = if let destination { destination } else { try Layout.channelsLast(data.extents, library) }
        guard let resultStep = wanted.pixelStride(data.extents) else { return nil }
        let kernel = AffineKernel(
            vectors: library.vectors, pixels: data.elementCount / data.extents[1], scale: line.scale.map(Float.init),
            shift: line.shift.map(Float.init), sourceStep: step, resultStep: resultStep, bounds: bounds)
        return KernelDraft(
            kernel, reading: [(0, data, data.layout)], destination: wanted, extents: data.extents, isRowMajor: false)
    }

    /// Scale and shift of each channel, with what the post-operations do to them; `nil` where they are not constant.
    private func line(_ operands: [KernelOperand?], channels: Int) -> (scale: [Double], shift: [Double])? {
        var statistics: [[Double]] = []
        for operand in operands[1..<5] {
            guard let numbers = try? operand?.constant?.doubles() else { return nil }
            statistics.append(numbers)
        }
        var scale = (0..<channels).map { statistics[0][$0] / (statistics[3][$0] + Double(epsilon)).squareRoot() }
        var shift = (0..<channels).map { statistics[1][$0] - statistics[2][$0] * scale[$0] }
        for operation in postOperations {
            guard case .binary(let kind, let index) = operation else { continue }
            guard let numbers = try? operands[index]?.constant?.doubles(),
                numbers.count == channels || numbers.count == 1
            else { return nil }
            for channel in 0..<channels {
                let number = numbers[numbers.count == 1 ? 0 : channel]
                switch kind {
                case .addition: shift[channel] += number
                case .subtraction: shift[channel] -= number
                case .multiplication:
                    (scale[channel], shift[channel]) = (scale[channel] * number, shift[channel] * number)
                default: return nil
                }
            }
        }
        return (scale, shift)
    }

    /// What the operations bound the result to, after lines of constants; `nil` where they do more.
    private func bounds(_ operations: [PostOperation]) -> (lowest: Float, highest: Float)? {
        var bounds = (lowest: -Float.infinity, highest: Float.infinity)
        for operation in operations {
            switch operation {
            case .binary(.addition, _), .binary(.subtraction, _), .binary(.multiplication, _):
                guard bounds == (-.infinity, .infinity) else { return nil }
            case .unary(.relu): bounds = (max(bounds.lowest, 0), max(bounds.highest, 0))
            case .unary(.clip(let lower, let upper)) where lower <= upper:
                bounds = (min(max(bounds.lowest, lower), upper), min(max(bounds.highest, lower), upper))
            default: return nil
            }
        }
        return bounds
    }
}
