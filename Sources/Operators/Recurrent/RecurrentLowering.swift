import Graphs

extension RecurrentOperator {
    /// The kernel of a call without lengths, peepholes, clipping or parameters of activations; `nil` for others.
    ///
    /// - Parameters:
    ///   - defaults: the functions that the standard names for one direction.
    ///   - cell: the cell with these functions, or with such as the node names; `nil` where no kernel has it.
    func recurrentLowering(
        _ site: CallSite, defaults: [String], cell: ([RecurrentActivation.Function]) -> Kernel.Recurrence.Cell?
    ) -> Lowering? {
        guard !site.hasInput(4), !site.hasInput(7) else { return nil }
        do throws(OperatorError) {
            let attributes = attributes(site)
            let isReversed = try RecurrentProblem.directions(attributes)
            let activations = try RecurrentActivation.read(
                attributes, defaults: defaults, directions: isReversed.count)
            guard try attributes.optionalFloat("clip") == nil, let first = activations.first,
                activations.allSatisfy({ $0 == first }), let cell = cell(first.map(\.function))
            else { return nil }
            let recurrence = Kernel.Recurrence(
                cell: cell, isReversed: isReversed, isBatchFirst: try (attributes.optionalInt("layout") ?? 0) != 0,
                resultCount: site.node.outputs.count)
            let states = Self.hasCell ? [5, 6] : [5]
            return Lowering(
                .recurrent(recurrence),
                operands: [0, 1, 2] + ([3] + states).map { site.hasInput($0) ? $0 : nil })
        } catch {
            return nil
        }
    }
}
