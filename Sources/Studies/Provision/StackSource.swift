import Engines
import Specs

/// A form of spec that names stacks.
struct StackSource: Sendable {
    /// How badly the keys of a document fit.
    private let misfit: @Sendable (Set<String>) -> Int
    /// The stacks of a file.
    let stacks: @Sendable (_ path: String) throws(SpecErrors) -> [StackRequest]

    private init<Spec>(_ form: SpecObject<Spec>, _ stacks: @escaping @Sendable (Spec) -> [StackRequest]) {
        misfit = { form.misfit(of: $0) }
        self.stacks = { path throws(SpecErrors) in stacks(try form.decode(contentsOf: path).value) }
    }

    /// The forms; of several that fit as well the first is meant.
    private static let all = [
        StackSource(ProvisionSpec.spec, \.stacks), StackSource(EvaluateSpec.spec, \.stacks),
        StackSource(CompareSpec.spec) { $0.sides.map(\.stack) }, StackSource(LoadSpec.spec, \.stacks),
        StackSource(StabilitySpec.spec, \.stacks), StackSource(CostSpec.spec) { $0.stacks + $0.against },
        StackSource(OptimizeSpec.spec, \.stacks), StackSource(BenchSpec.spec, \.stacks),
        StackSource(TraceSpec.spec) { $0.evaluation.stacks }, StackSource(GateSpec.spec) { $0.evaluation.stacks },
    ]

    /// The form that the keys at the top of a document fit best; a list of stacks where there are none.
    static func source(of keys: Set<String>) -> StackSource {
        guard !keys.isEmpty else { return all[0] }
        return all.dropFirst().reduce(all[0]) { best, other in other.misfit(keys) < best.misfit(keys) ? other : best }
    }
}
