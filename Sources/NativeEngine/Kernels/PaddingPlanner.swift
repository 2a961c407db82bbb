import Engines
import Operators
import Tensors

/// Elements around data: a constant written everywhere and the data over it, or the data over and over.
struct PaddingPlanner: MovementPlanner {
    let kind: Kernel.PaddingKind
    let before: [Int]
    let after: [Int]

    /// Neighbours along an axis of the result that come from neighbours of the data, or from one element.
    private struct Run {
        let to: Int
        let from: Int
        var count = 1
        var step = 1
    }

    /// The most boxes that are moved; padding that turns round more often is left to the reference kernel.
    private static let limit = 27

    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        guard let data = operands[0], data.extents.count == before.count,
            let width = data.elementType.movementWidth
        else { return nil }
        let constant = operands.count > 1 ? operands[1] : nil
        guard constant == nil || constant?.elementCount == 1 && constant?.elementType == data.elementType else {
            return nil
        }
        guard let extents = result(data.extents), data.extents.allSatisfy({ $0 > 0 }),
            let moves = moves(data.extents, to: extents, width: width)
        else { return nil }
        let background = MovementKernel.Background(
            operand: constant == nil ? nil : 1, elementCount: extents.reduce(1, *), width: width)
        let kernel = MovementKernel(moves, background: kind == .constant ? background : nil)
        let read = [(index: 0, operand: data)] + (constant.map { [(index: 1, operand: $0)] } ?? [])
        return try KernelDraft(kernel, rowMajor: read, results: [extents], type: data.elementType, library)
    }

    /// The extents of the result; `nil` where it has no elements, or more than memory holds.
    private func result(_ data: [Int]) -> [Int]? {
        var extents: [Int] = []
        for axis in data.indices {
            let (begun, isTooLong) = data[axis].addingReportingOverflow(before[axis])
            let (extent, isFarTooLong) = begun.addingReportingOverflow(after[axis])
            guard !isTooLong, !isFarTooLong, extent > 0 else { return nil }
            extents.append(extent)
        }
        return Shape(extents).isAllocatable ? extents : nil
    }

    /// One box for each choice of a run along every axis.
    private func moves(_ data: [Int], to result: [Int], width: Int) -> [MovementKernel.Move]? {
        var choices: [[Run]] = [[]]
        for axis in data.indices {
            let runs = runs(extent: data[axis], before: before[axis], count: result[axis])
            guard !runs.isEmpty, choices.count * runs.count <= Self.limit else { return nil }
            choices = choices.flatMap { choice in runs.map { choice + [$0] } }
        }
        let (from, to) = (Layout.rowMajorStrides(data), Layout.rowMajorStrides(result))
        var moves: [MovementKernel.Move] = []
        for choice in choices {
            guard
                let box = MovementBox(
                    extents: choice.map(\.count), from: zip(from, choice).map { $0 * $1.step }, to: to,
                    fromOffset: zip(from, choice).reduce(0) { $0 + $1.0 * $1.1.from },
                    toOffset: zip(to, choice).reduce(0) { $0 + $1.0 * $1.1.to }, width: width)
            else { return nil }
            moves.append(MovementKernel.Move(operand: 0, result: 0, box: box))
        }
        return moves
    }

    private func runs(extent: Int, before: Int, count: Int) -> [Run] {
        var runs: [Run] = []
        var isWithin = false
        for position in 0..<count {
            let place = position - before
            guard let source = 0..<extent ~= place ? place : kind.source(of: place, extent: extent) else {
                isWithin = false
                continue
            }
            if isWithin, var last = runs.popLast() {
                let step = source - (last.from + (last.count - 1) * last.step)
                let goesOn = last.count == 1 ? -1...1 ~= step : step == last.step
                if goesOn {
                    (last.step, last.count) = (step, last.count + 1)
                    runs.append(last)
                    continue
                }
                runs.append(last)
            }
            runs.append(Run(to: position, from: source))
            isWithin = true
        }
        return runs
    }
}
