public import Assets
import Measurement
public import Records
import Tensors

/// One class of many: scores per class, the largest first; right when the label is among the first k.
public struct ClassificationTask: EvaluationTask {
    /// Which k of top-k are counted, ascending.
    public var top: [Int]
    /// The class names by index; empty where labels are indices.
    public var classNames: [String]
    /// For labels that are not class names themselves, the class names that are right: `jpg: [jpeg]`.
    public var accepted: [String: [String]]
    /// The output that holds the scores; the first one where `nil`.
    public var output: String?

    /// Makes the task.
    public init(
        top: [Int] = [1, 5], classNames: [String] = [], accepted: [String: [String]] = [:], output: String? = nil
    ) {
        self.top = top
        self.classNames = classNames
        self.accepted = accepted
        self.output = output
    }

    /// `classification`.
    public var name: String { "classification" }
    /// `accuracy.top1`, or the smallest k.
    public var headline: String? { top.min().map { "accuracy.top\($0)" } }

    /// Ranks the classes; equal scores keep the order of the classes.
    public func answer(outputs: [NamedTensor], inputs: [NamedTensor]) throws(StudyError) -> Answer {
        let scores = try OutputSelection.floats(outputs, named: output)
        if !classNames.isEmpty, scores.count != classNames.count {
            throw StudyError(
                .task, subject: "classification",
                reason: "the model gives \(scores.count) scores for \(classNames.count) class names",
                remedy: "name the file of class names that belongs to the model")
        }
        let kept = min(scores.count, max(top.max() ?? 1, 1))
        return .ranked(TopK.select(scores, count: kept).map(\.index))
    }

    /// Top-k accuracies with Wilson intervals, and how many of the samples were right.
    public func score(_ answers: [ScoredSample]) -> [Metric] {
        let labelled = answers.filter { $0.label != nil }
        guard !labelled.isEmpty else { return [] }
        return top.sorted().flatMap { k in
            let correct = labelled.filter { isCorrect($0, within: k) }.count
            let interval = ProportionInterval.wilson(successes: correct, trials: labelled.count)
            return [
                Metric(
                    "accuracy.top\(k)", Double(correct) / Double(labelled.count), .fraction, interval: interval,
                    count: labelled.count),
                Metric("accuracy.top\(k).correct", Double(correct), .count, count: labelled.count),
            ]
        }
    }

    /// How often each class was right, the worst first, with what it was taken for.
    public func exhibits(_ answers: [ScoredSample], subject: String) -> [Exhibit] {
        let labelled = answers.filter { $0.label != nil }
        let groups = Dictionary(grouping: labelled) { $0.label ?? "" }
        // With few samples a class, a table of classes says less than the total.
        guard groups.count > 1, labelled.count >= 5 * groups.count else { return [] }
        let rows = groups.map { label, samples in
            (label: label, samples: samples, correct: samples.filter { isCorrect($0, within: 1) }.count)
        }.sorted {
            let (left, right) = (
                Double($0.correct) / Double($0.samples.count), Double($1.correct) / Double($1.samples.count)
            )
            return left == right ? $0.label < $1.label : left < right
        }
        let table = Table(
            columns: ["class", "right", "accuracy", "mostly taken for"].map { Table.Column($0) },
            rows: rows.map { row in
                [
                    .text(row.label), .text("\(row.correct) of \(row.samples.count)"),
                    .quantity(
                        Quantity(
                            Double(row.correct) / Double(row.samples.count), .fraction,
                            interval: ProportionInterval.wilson(successes: row.correct, trials: row.samples.count),
                            count: row.samples.count)),
                    .text(mistakes(row.samples)),
                ]
            })
        return [
            Exhibit(
                "classes", title: "Accuracy of \(subject) by class",
                caption: "Top-1, the worst class first; 95 % Wilson intervals.", question: .right, .table(table))
        ]
    }

    /// True when the label is among the first `k` classes of the answer.
    func isCorrect(_ sample: ScoredSample, within k: Int) -> Bool {
        guard case .ranked(let classes)? = sample.answer, let label = sample.label else { return false }
        return classes.prefix(k).contains { matches(label, index: $0) }
    }

    /// What a user sees of an answer: the class name where there are names, else the number.
    func title(of index: Int) -> String {
        classNames.indices.contains(index) ? classNames[index] : String(index)
    }

    private func matches(_ label: String, index: Int) -> Bool {
        if let names = accepted[label] { return names.contains(title(of: index)) }
        if classNames.indices.contains(index), classNames[index] == label { return true }
        return Int(label) == index && !classNames.contains(label)
    }

    private func mistakes(_ samples: [ScoredSample]) -> String {
        var counts: [Int: Int] = [:]
        for sample in samples where !isCorrect(sample, within: 1) {
            if case .ranked(let classes)? = sample.answer, let first = classes.first { counts[first, default: 0] += 1 }
        }
        let ordered = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return ordered.prefix(2).map { "\(title(of: $0.key)) (\($0.value))" }.joined(separator: ", ")
    }
}
