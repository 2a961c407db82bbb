import CQuantizedKernels
import Tensors

/// Rows of a table of bytes, picked and dequantised: a few rows of a large table cost no more than they hold.
struct QuantizedGatherKernel: DirectKernel {
    let rows: Int
    let width: Int
    let count: Int
    let isSigned: Bool
    let areIndicesWide: Bool
    let scale: ParameterOperand
    let zeroPoint: ParameterOperand?
    private let kernels = QuantizedKernels.best

    init(
        rows: Int, width: Int, count: Int, isSigned: Bool, areIndicesWide: Bool, scale: ParameterOperand,
        zeroPoint: ParameterOperand?
    ) {
        (self.rows, self.width, self.count) = (rows, width, count)
        (self.isSigned, self.areIndicesWide) = (isSigned, areIndicesWide)
        (self.scale, self.zeroPoint) = (scale, zeroPoint)
    }

    func run(_ memory: DirectMemory, _ team: Team) {
        let (table, result) = (memory.operands[0], memory.results[0].assumingMemoryBound(to: Float.self))
        let scales = memory.operands[scale.position].assumingMemoryBound(to: Float.self)
        for position in 0..<count {
            let target = result + position * width
            guard let row = row(memory.operands[1], position) else {
                // A kernel cannot fail; what no row says is no number.
                target.update(repeating: .nan, count: width)
                continue
            }
            kernels.functions.dequantize(
                table + row * width, Int64(width), scales[scale.count == 1 ? 0 : row],
                zeroPoint.map { integer($0, memory, row) } ?? 0, isSigned ? 1 : 0, target)
        }
    }

    private func row(_ indices: UnsafeMutableRawPointer, _ position: Int) -> Int? {
        let index =
            areIndicesWide
            ? Int(indices.assumingMemoryBound(to: Int64.self)[position])
            : Int(indices.assumingMemoryBound(to: Int32.self)[position])
        let row = index < 0 ? index &+ rows : index
        return (0..<rows).contains(row) ? row : nil
    }

    private func integer(_ parameter: ParameterOperand, _ memory: DirectMemory, _ row: Int) -> Int32 {
        let (source, index) = (memory.operands[parameter.position], parameter.count == 1 ? 0 : row)
        return parameter.elementType == .int8
            ? Int32(source.assumingMemoryBound(to: Int8.self)[index])
            : Int32(source.assumingMemoryBound(to: UInt8.self)[index])
    }
}
