import Assets
import Engines
import Graphs
import Records
import Tensors

/// Seeks the first node at which cells part from the reference: inner values are made outputs, part by part in topological
/// order, and both sides run one sample.
struct FirstNodePass: Sendable {
    let spec: StabilitySpec
    let context: StudyContext
    let folder: String

    /// Looks into the worst cell of each stack and file that differs from the reference.
    func run(into findings: inout StabilityFindings) async {
        guard let place = findings.reference else { return }
        let reference = findings.cells[place]
        for cell in Self.chosen(findings.compared, reference: reference, most: spec.firstNodes)
        where !Task.isCancelled {
            let sample = cell.comparison?.farthest ?? 0
            context.progress.report(.began("the first node at which \(cell.title) parts"))
            var parting = NodeParting(
                reference: reference.title, other: cell.title, labels: cell.labels,
                sample: findings.samples.all[sample].name)
            do {
                try await seek(reference.configuration, cell.configuration, sample: sample, into: &parting)
            } catch {
                parting.obstacle = "\(error)"
            }
            findings.partings.append(parting)
        }
    }

    /// The worst cell of each stack and file that differs; of equally bad ones the first of the reference's batch, at which
    /// every inner value can be compared.
    static func chosen(_ cells: [StabilityCell], reference: StabilityCell, most: Int) -> [StabilityCell] {
        let batch = reference.configuration.setting.batch
        let differing = cells.filter { !($0.comparison?.isIdentical ?? true) }
        var taken: Set<[Int]> = []
        func order(_ offset: Int, _ cell: StabilityCell) -> (Int, Int, Int) {
            (-(cell.kind?.severity ?? 0), cell.configuration.setting.batch == batch ? 0 : 1, offset)
        }
        let ordered = differing.enumerated().sorted {
            order($0.offset, $0.element) < order($1.offset, $1.element)
        }.map(\.element)
        let worst = ordered.filter {
            taken.insert([$0.configuration.setting.stack, $0.configuration.setting.model]).inserted
        }
        return Array(worst.prefix(most))
    }

    private func seek(
        _ reference: StabilityConfiguration, _ other: StabilityConfiguration, sample: Int,
        into parting: inout NodeParting
    ) async throws {
        for side in [reference, other] where side.variant.file.form(for: side.stack.request.engine) != nil {
            parting.obstacle = "\(side.title) runs a form of its own, whose inner values have no names of the model"
            return
        }
        let own = try Model(contentsOf: reference.variant.file.path)
        let isSame = reference.variant.file.path == other.variant.file.path
        let foreign = isSame ? own : try Model(contentsOf: other.variant.file.path)
        let plan = try TapPlan(own, common: isSame ? nil : TapPlan.values(of: foreign))
        let opposite = isSame ? plan : try TapPlan(foreign, common: TapPlan.values(of: own))
        parting.nodes = plan.model.graph.nodes.count
        guard let left = BatchItem(of: sample, in: reference.variant),
            let right = BatchItem(of: sample, in: other.variant)
        else { return }
        for part in plan.parts where !Task.isCancelled && parting.beyond == nil {
            let names = Set(part.map(\.value))
            let theirs = isSame ? part : opposite.parts.joined().filter { names.contains($0.value) }
            let ours = try await outputs(try plan.tapped(part), reference, run: left.run)
            let others = try await outputs(try opposite.tapped(theirs), other, run: right.run)
            let outputs = plan.outputs.reduce(into: [:]) { $0[$1] = BatchItem.pair(ours[$1], left, others[$1], right) }
            parting.outputsDiffer = parting.outputsDiffer || outputs.values.contains { $0.reference != $0.other }
            compare(part, into: &parting) { BatchItem.pair(ours[$0], left, others[$0], right) }
        }
    }

    /// Runs a tapped model once on one side.
    private func outputs(
        _ model: Model, _ configuration: StabilityConfiguration, run: Int
    ) async throws -> [String: Tensor] {
        var file = configuration.variant.file
        file.path = folder + "/taps-\(configuration.setting.model).onnx"
        try model.write(to: file.path)
        let seat = try await StackSeat.start(
            configuration.stack, index: 0, model: file, limits: spec.limits, launcher: context.launcher)
        defer { seat.client.kill() }
        let result = try await seat.client.run(
            seat.loaded, seat.ordered(configuration.variant.runs[run].inputs), limit: spec.limits.run)
        await seat.client.shutdown()
        return Dictionary(zip(seat.loaded.outputs.map(\.name), result.outputs), uniquingKeysWith: { $1 })
    }

    private func compare(
        _ part: [TapPlan.Tap], into parting: inout NodeParting, values: (String) -> BatchItem.Pair?
    ) {
        for tap in part {
            guard let pair = values(tap.value) else {
                parting.uncut += 1
                continue
            }
            parting.compared += 1
            guard pair.reference != pair.other else { continue }
            let comparison = TensorComparison(
                pair.other, reference: pair.reference, tolerance: .agreement(spec.tolerance, nanEqualsNaN: true))
            let isComparable = comparison.outcome == .agrees || comparison.outcome == .values
            let place = NodeParting.Place(
                index: tap.index, node: tap.node, operatorType: tap.operatorType, value: tap.value,
                units: comparison.maximumUlps, distance: isComparable ? comparison.agreement : .infinity)
            if parting.bits == nil { parting.bits = place }
            if parting.beyond == nil, !comparison.agrees { parting.beyond = place }
        }
    }
}
