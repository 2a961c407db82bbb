import Assets
import Engines
import Foundation
public import Records
import Specs

/// A gate file to start from, made of what was measured just now.
public struct GateStarter: Sendable {
    private let spec: EvaluateSpec
    private let record: Record
    private let baseline: String

    /// How much worse than now is allowed: room for another day on the same machine.
    private static let room = 1.25

    /// Makes the starter.
    ///
    /// - Parameter baseline: the file in which the record is kept, as the gate file is to name it.
    public init(_ spec: EvaluateSpec, _ record: Record, baseline: String) {
        self.spec = spec
        self.record = record
        self.baseline = baseline
    }

    /// The file, with comments.
    public var yaml: String {
        """
        # What must hold of this model. Run it with: assay gate FILE
        # It ends with status 1 where a gate fails; --junit gates.xml writes the results for continuous integration.
        evaluate:
        \(indented(evaluation))

        # METRIC RELATION NUMBER[UNIT] [on STACK]; a gate holds where the whole interval keeps the bound.
        gates:
          fast:
            # Measured now, with a quarter of room.
        \(lines(fast))
            # Against the baseline below: no more than a tenth slower.
            - "latency.median <= +10%"
        \(itself.isEmpty ? "" : "  itself:\n\(lines(itself))\n")\(right)

        # What ratios are taken to: this record of another session. Intervals are widened by the drift, by which two
        # sessions of one thing may differ on this machine.
        baseline: \(quoted(baseline))
        drift: 0.05
        # Or a model or stack that takes turns with the candidate, for bounds of a few per cent; drift has no part then.
        # baseline: {model: old.onnx, budget: 30 s}
        # baseline: {stack: {engine: onnxruntime, version: "1.20"}, budget: 30 s}
        # What a gate that cannot be told counts as: fail or pass.
        undecided: fail

        """
    }

    /// What differs from the defaults of an evaluation.
    private var evaluation: String {
        let effective = EvaluateSpec.spec.effective(spec)
        let kept = ["title", "models", "stacks", "seed"].compactMap { key -> SpecValue.Pair? in
            guard let value = effective[key], value != EvaluateSpec.spec.defaultValue(of: key) else { return nil }
            return SpecValue.Pair(key, key == "stacks" ? stacks(value) : key == "models" ? models(value) : value)
        }
        return SpecValue.map(kept).yaml
    }

    private func stacks(_ value: SpecValue) -> SpecValue {
        guard case .list(let stacks) = value else { return value }
        return .list(
            stacks.map { stack in
                guard case .string(let engine)? = stack["engine"] else { return stack }
                let plain = StackRequest.type.write(StackRequest(engine))
                let rest = stack.pairs(without: plain)
                return rest.isEmpty ? .string(engine) : .map([SpecValue.Pair("engine", .string(engine))] + rest)
            })
    }

    private func models(_ value: SpecValue) -> SpecValue {
        guard case .list(let models) = value else { return value }
        return .list(models.map { .map($0.pairs(without: ModelSpec.spec.type.write(ModelSpec()))) })
    }

    private var fast: [String] {
        stacks.flatMap { stack -> [String] in
            ["latency.p99", "memory.peak"].compactMap { name in
                let metric = record.metrics(name, [Label.stack: stack]).first { $0.value != nil }
                guard let value = metric?.interval?.upper ?? metric?.value else { return nil }
                return
                    "\(name) <= \(Self.text(value * Self.room, isTime: name != "memory.peak")) on \(engine(of: stack))"
            }
        }
    }

    private var itself: [String] {
        guard stacks.count > 1 else { return [] }
        return ["agreement.outputs <= \(spec.tolerance)", "agreement.answers.differing <= 0"]
    }

    private var right: String {
        """
          # It takes labelled data: add data, task and pre-processing under 'evaluate' as for assay evaluate.
          # right:
          #   - "accuracy.top1 >= 70%"
        """
    }

    private var stacks: [String] { record.outcomes.filter(\.isCompleted).map(\.stack) }

    /// The engine alone where that is enough to tell the stacks apart, so that another release is held to the bound too.
    private func engine(of stack: String) -> String {
        let engine = String(stack.prefix { $0 != " " && $0 != "," })
        return stacks.filter { $0.hasPrefix(engine) }.count > 1 ? stack : engine
    }

    /// Two digits and a unit, rounded up.
    private static func text(_ value: Double, isTime: Bool) -> String {
        let units: [(String, Double)] =
            isTime ? [("s", 1e9), ("ms", 1e6), ("us", 1e3), ("ns", 1)] : [("MB", 1e6), ("kB", 1e3)]
        let unit = units.first { value >= $0.1 } ?? units[units.count - 1]
        let number = value / unit.1
        let digit = pow(10, (log10(max(number, 1e-9))).rounded(.down) - 1)
        let rounded = (number / digit).rounded(.up) * digit
        return (digit >= 1 ? String(format: "%.0f", rounded) : String(format: "%.1f", rounded)) + " " + unit.0
    }

    private func lines(_ gates: [String]) -> String {
        gates.map { "    - \(quoted($0))" }.joined(separator: "\n")
    }

    private func indented(_ text: String) -> String {
        text.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
    }

    /// A YAML string between double quotes.
    private func quoted(_ text: String) -> String { JSONValue.string(text).canonical }
}

extension SpecValue {
    /// The pairs of a map whose values another one does not have.
    fileprivate func pairs(without other: SpecValue) -> [Pair] {
        guard case .map(let pairs) = self else { return [] }
        return pairs.filter { other[$0.key] != $0.value }
    }
}
