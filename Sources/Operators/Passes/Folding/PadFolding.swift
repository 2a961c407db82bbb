import Graphs
import Tensors

/// Lets a convolution or pooling pad its data itself.
struct PadFolding: RegionPass {
    let name = "pad-folding"
    let summary = "fold Pad with zeros into Conv, with the lowest number into MaxPool, with zeros into AveragePool"

    func rewrite(_ region: inout Region) {
        for index in region.indices {
            guard let node = region.call(index, "Conv", "AveragePool", "MaxPool"), let source = node.input(0),
                region.isReadOnce(source), let pad = region.producer(of: source, "Pad"),
                let data = pad.node.input(0), let rank = region.shape(data)?.dimensions.count, rank >= 3,
                let amounts = Self.amounts(pad.node, rank: rank, region),
                let merged = Self.merge(node, pad.node, amounts, region)
            else { continue }
            region.replace(index, by: merged.with(inputs: [data] + node.inputs.dropFirst()))
            region.remove(pad.index)
            region.noteRewrite()
        }
    }

    /// The padding of the spatial axes, all beginnings, then all ends; `nil` where other axes are padded or some shrunk.
    private static func amounts(_ pad: Node, rank: Int, _ region: Region) -> [Int]? {
        guard pad.text("mode", default: "constant") == "constant" else { return nil }
        let pads = region.opset < 11 ? pad.ints("pads") : pad.input(1).flatMap { region.integers($0) }
        guard let pads, pads.allSatisfy({ $0 >= 0 && $0 < 1 << 20 }) else { return nil }
        var axes = Array(0..<rank)
        if let name = pad.input(3) {
            guard let given = region.integers(name) else { return nil }
            axes = given.map { $0 < 0 ? $0 + rank : $0 }
        }
        guard pads.count == 2 * axes.count, axes.allSatisfy((0..<rank).contains) else { return nil }
        var all = [Int](repeating: 0, count: 2 * rank)
        for (place, axis) in axes.enumerated() {
            all[axis] += pads[place]
            all[rank + axis] += pads[axes.count + place]
        }
        guard all[0] == 0, all[1] == 0, all[rank] == 0, all[rank + 1] == 0 else { return nil }
        return Array(all[2..<rank]) + Array(all[(rank + 2)...])
    }

    private static func merge(_ node: Node, _ pad: Node, _ amounts: [Int], _ region: Region) -> Node? {
        guard ["NOTSET", "VALID"].contains(node.text("auto_pad", default: "NOTSET")),
            let filler = filler(pad, region)
        else { return nil }
        let own = node.text("auto_pad", default: "NOTSET") == "VALID" ? nil : node.ints("pads")
        let before = own ?? [Int](repeating: 0, count: amounts.count)
        guard before.count == amounts.count, before.allSatisfy({ $0 < 1 << 20 }) else { return nil }
        let total = zip(before, amounts).map(+)
        var merged = node.setting("pads", .ints(total))
        merged.attributes.removeAll { $0.name == "auto_pad" }
        guard node.operatorType != "Conv" else { return filler == 0 ? merged : nil }
        // Engines refuse windows that lie in the padding altogether, and rounding up lets windows start there.
        guard let kernel = node.ints("kernel_shape"), 2 * kernel.count == total.count,
            node.int("ceil_mode", default: 0) == 0, node.onlyOutput != nil,
            total.enumerated().allSatisfy({ $0.element < kernel[$0.offset % kernel.count] })
        else { return nil }
        if node.operatorType == "MaxPool" { return filler == -.infinity ? merged : nil }
        // Zeros that were data count, so all padding must.
        guard filler == 0, before.allSatisfy({ $0 == 0 }) || node.int("count_include_pad", default: 0) == 1 else {
            return nil
        }
        return merged.setting("count_include_pad", .int(1))
    }

    /// What the padding holds.
    private static func filler(_ pad: Node, _ region: Region) -> Double? {
        if region.opset < 11 { return Double(pad.float("value", default: 0)) }
        guard let name = pad.input(2) else { return 0 }
        return region.scalar(name)
    }
}
