import Records

/// Turns the answers to a table of published measurements into a record.
struct CostTableRecord {
    let table: CostTable
    let path: String
    let digest: Digest
    /// The single thread that is taken; the fastest of each problem where `nil`.
    let against: String?
    let context: StudyContext

    /// A system of a problem with its answer.
    private struct Answer {
        let problem: CostTable.Problem
        let system: String
        let baseline: CostTable.Row
        let answer: CostAnswer
    }

    func build() throws -> RecordArchive {
        let answers = try answers()
        var record = Record(
            study: Cost.name, title: "COST of published measurements", tool: context.tool,
            spec: .object(["table": .string(path), "against": against.map { .string($0) } ?? .null]),
            lock: .object([:]), ingredients: [Ingredient(.data, name: path, digest: digest)],
            machine: context.machine, seed: 0)
        record.metrics = answers.flatMap { answer in
            answer.answer.metrics(
                unit: table.unit, labels: labels(answer.problem, answer.system), level: 1, varies: false)
        }
        record.verdicts = answers.map(verdict)
        record.exhibits = [overview(answers)] + table.problems.map(chart)
        return RecordArchive(record)
    }

    private func answers() throws(StudyError) -> [Answer] {
        var answers: [Answer] = []
        for problem in table.problems {
            let baseline = try baseline(problem)
            for system in problem.systems {
                if let answer = problem.answer(system, against: baseline) {
                    answers.append(Answer(problem: problem, system: system, baseline: baseline, answer: answer))
                }
            }
        }
        return answers
    }

    private func baseline(_ problem: CostTable.Problem) throws(StudyError) -> CostTable.Row {
        guard let row = problem.baselines.first(where: { against == nil || $0.system == against }) else {
            throw StudyError(
                .table, subject: problem.name.isEmpty ? path : "\(path), problem '\(problem.name)'",
                reason: "it has no single thread '\(against ?? "")'",
                remedy: "its single threads are \(problem.baselines.map(\.system).joined(separator: ", "))")
        }
        return row
    }

    private func labels(_ problem: CostTable.Problem, _ system: String) -> Labels {
        var labels = [Label.stack: system]
        if !problem.name.isEmpty { labels["problem"] = problem.name }
        return labels
    }

    private func state(_ answer: CostAnswer) -> Verdict.State {
        switch answer.state {
        case .exact, .range: .holds
        case .unbounded: .fails
        case .undecided: .unknown
        }
    }

    private func verdict(_ answer: Answer) -> Verdict {
        let subject = answer.problem.name.isEmpty ? answer.system : "\(answer.system), \(answer.problem.name)"
        return Verdict(
            .fast, subject: subject, "COST: \(answer.answer.text(table.unit)), against \(answer.baseline.system)",
            state(answer.answer), varies: false)
    }

    private func overview(_ answers: [Answer]) -> Exhibit {
        Exhibit(
            "cost", title: "COST of published measurements",
            caption: """
                The least configuration that beats the single thread, among those that were published. The crossing is where \
                the curve between two of them reaches it.
                """, question: .fast, varies: false,
            .table(
                Table(
                    columns: [
                        Table.Column("problem"), Table.Column("system"), Table.Column("COST"),
                        Table.Column("crossing", .right), Table.Column("single thread"),
                    ],
                    rows: answers.map { answer in
                        [
                            .text(answer.problem.name), .text(answer.system),
                            .state(state(answer.answer), answer.answer.text(table.unit)),
                            answer.answer.crossing.map { .text(MetricUnit.number.format($0)) } ?? "",
                            .text("\(answer.baseline.system): \(MetricUnit.seconds.format(answer.baseline.seconds))"),
                        ]
                    })))
    }

    private func chart(_ problem: CostTable.Problem) -> Exhibit {
        let title =
            problem.name.isEmpty ? "Time over the configuration" : "Time over the configuration: \(problem.name)"
        return Exhibit(
            "times-" + problem.name.lowercased().filter { $0.isLetter || $0.isNumber }, title: title,
            caption: "Where a curve falls below a line, the system beats that single thread.", question: .fast,
            varies: false,
            .lines(
                LineChart(
                    x: Axis(table.unit, .count, scale: .logarithmic), y: Axis("time", .seconds, scale: .logarithmic),
                    series: problem.systems.map { system in
                        LineChart.Series(
                            system, problem.rows(of: system).map { LineChart.Point(Double($0.size), $0.seconds) })
                    }, references: problem.baselines.map { Reference($0.system, at: $0.seconds) })))
    }
}
