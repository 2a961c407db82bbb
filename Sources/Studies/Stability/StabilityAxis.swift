import Engines
import Records

/// What may be set otherwise between two cells.
enum StabilityAxis: String, Sendable, CaseIterable {
    case model
    case threads
    case batch
    case optimization
    case precision
}

/// One setting of one stack: everything that two cells may differ in.
struct StabilitySetting: Sendable, Hashable {
    /// The place of the stack in the spec.
    let stack: Int
    /// The place of the file: 0 for the model, then its variants.
    let model: Int
    let batch: Int
    let request: StackRequest

    /// The cross product of a spec: the stack of the reference first, and of each stack its files, settings and batches.
    static func all(_ spec: StabilitySpec) -> [StabilitySetting] {
        let first = min(spec.reference, spec.stacks.count) - 1
        let order = [first] + spec.stacks.indices.filter { $0 != first }
        return order.flatMap { stack in
            (0...spec.variants.count).flatMap { model in
                requests(spec.stacks[stack], spec).flatMap { request in
                    spec.batches.uniqued().map {
                        StabilitySetting(stack: stack, model: model, batch: $0, request: request)
                    }
                }
            }
        }
    }

    /// A stack under every option of the spec.
    private static func requests(_ stack: StackRequest, _ spec: StabilitySpec) -> [StackRequest] {
        var requests = [stack]
        func vary<Value>(_ values: [Value], _ key: WritableKeyPath<EngineOptions, Value>) {
            guard !values.isEmpty else { return }
            requests = requests.flatMap { request in
                values.map { value in
                    var request = request
                    request.options[keyPath: key] = value
                    return request
                }
            }
        }
        vary(spec.precisions, \.precision)
        vary(spec.optimizations, \.optimization)
        vary(spec.threads, \.threads)
        return requests.uniqued()
    }

    /// The axes in which this differs from another setting of the same stack; `nil` for another stack.
    func axes(from other: StabilitySetting) -> [StabilityAxis]? {
        guard stack == other.stack else { return nil }
        return StabilityAxis.allCases.filter { word($0) != other.word($0) }
    }

    /// What it has on an axis.
    func word(_ axis: StabilityAxis) -> String {
        switch axis {
        case .model: String(model)
        case .threads: String(request.options.threads)
        case .batch: String(batch)
        case .optimization: request.options.optimization.rawValue
        case .precision: request.options.precision.rawValue
        }
    }
}
