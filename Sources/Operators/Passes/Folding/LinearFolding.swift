import Graphs
import Tensors

/// Folds sums and products with a constant for each channel into the layer before them.
struct LinearFolding: RegionPass {
    let name = "linear-folding"
    let summary = "fold Add, Sub, Mul and Div by constants into weights and bias of Conv, ConvTranspose, Gemm or MatMul"

    func rewrite(_ region: inout Region) {
        for index in region.indices {
            guard let node = region.call(index, "Add", "Sub", "Mul", "Div"), let result = node.onlyOutput,
                let found = region.variableAndConstant(node), let tensor = region.constant(found.constant),
                let layer = WeightedLayer(producing: found.variable, region),
                let values = layer.perChannel(tensor), values.allSatisfy({ $0.isFinite }),
                let (scale, shift) = Self.affine(node.operatorType, values, found.isConstantSecond),
                scale == nil || layer.ownsWeights(region), shift == nil || layer.takesBias(region),
                layer.fold(scale: scale, shift: shift, into: result, &region)
            else { continue }
            region.remove(index)
            region.noteRewrite()
        }
    }

    /// The operation as a factor and a summand for each channel.
    private static func affine(
        _ operation: String, _ values: [Double], _ isConstantSecond: Bool
    ) -> (scale: [Double]?, shift: [Double]?)? {
        // Factors far from 1 would move weights towards the ends of their range.
        let isModerate = values.allSatisfy { abs($0) > 1e-12 && abs($0) < 1e12 }
        switch (operation, isConstantSecond) {
        case ("Add", _): return (nil, values)
        case ("Sub", true): return (nil, values.map { -$0 })
        case ("Sub", false): return (values.map { _ in -1 }, values)
        case ("Mul", _) where isModerate: return (values, nil)
        case ("Div", true) where isModerate: return (values.map { 1 / $0 }, nil)
        default: return nil
        }
    }
}
