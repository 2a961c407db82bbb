import Records

/// What one model took in and gave, by content, for a later run to compare itself with.
struct EvaluateFingerprints {
    /// In the order in which it went: model, steps, inputs, outputs, answers.
    let all: [Fingerprint]
    /// The numbers that were kept of the outputs, as the bits of Float64.
    let series: [(SampleSeries, [Int64])]

    init(report: ModelReport) {
        let labels = [Label.model: report.model.name]
        var all = (report.computed?.all(labels: labels) ?? []) + (report.steps?.all(labels: labels) ?? [])
        var series: [(SampleSeries, [Int64])] = []
        if report.inputs.count > 0 { all.append(report.inputs.fingerprint(.inputs, labels: labels)) }
        for stack in report.stacks where stack.outputs.count > 0 {
            let labels = [Label.model: report.model.name, Label.stack: stack.title]
            let (outputs, words) = stack.outputs.fingerprint(labels: labels)
            all.append(outputs)
            if outputs.kept != nil {
                series.append((SampleSeries("outputs", words, unit: .number, labels: labels), words))
            }
            all.append(Fingerprint(.answers, stack.answers.map(\.evidence), labels: labels))
        }
        self.all = all
        self.series = series
    }
}

extension ScoredSample {
    /// The answer by content; of a vector every bit counts.
    fileprivate var evidence: Fingerprint.Sample {
        let text =
            switch answer {
            case .ranked(let classes): "ranked " + classes.map(String.init).joined(separator: " ")
            case .text(let text): "text " + text
            case .vector(let numbers): "vector " + numbers.map { String($0.bitPattern) }.joined(separator: " ")
            case .some(.none): "none"
            case nil: "unanswered"
            }
        return Fingerprint.Sample(name, SHA256.digest(of: text))
    }
}
