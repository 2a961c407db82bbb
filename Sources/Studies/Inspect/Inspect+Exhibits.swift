public import Records

extension Inspect {
    /// The model in a few lines.
    public var headline: String {
        let sets = opsets.sorted { $0.key < $1.key }.map { ($0.key.isEmpty ? "ai.onnx" : $0.key) + " \($0.value)" }
        var lines = [
            "\(name)  \(MetricUnit.bytes.format(Double(bytes)))  sha256 \(sha256)",
            "IR \(irVersion), operator sets \(sets.joined(separator: ", "))"
                + (producer.isEmpty ? "" : ", by \(producer)"),
            "\(parameters) parameters (\(MetricUnit.bytes.format(Double(parameterBytes))))",
        ]
        if operations > 0 {
            lines.append(
                "\(MetricUnit.flop.format(operations)) a run, \(MetricUnit.count.format(multiplyAdds)) multiply-adds"
                    + (isComplete ? "" : " (some nodes could not be counted: give open shapes with --shape)"))
        }
        if let problem { lines.append("work not counted: \(problem)") }
        return lines.joined(separator: "\n")
    }

    /// The tables: values, operators, and nodes where asked for.
    public var exhibits: [Exhibit] {
        let values = Table(
            columns: ["", "name", "type"].map { Table.Column($0) },
            rows: inputs.map { [.text("input"), .text($0.name), .text($0.type)] }
                + outputs.map { [.text("output"), .text($0.name), .text($0.type)] })
        let kinds = Table(
            columns: [Table.Column("operator")]
                + ["nodes", "operations", "traffic", "parameters"].map { Table.Column($0, .right) },
            rows: operators.map { line in
                [
                    .text(line.name), .text(String(line.nodes)), .quantity(Quantity(line.operations, .flop)),
                    .quantity(Quantity(line.bytes, .bytes)), .text(String(line.parameters)),
                ]
            })
        var exhibits = [
            Exhibit("values", title: "Inputs and outputs", .table(values)),
            Exhibit("operators", title: "Operators", .table(kinds)),
        ]
        if !nodes.isEmpty {
            let table = Table(
                columns: ["#", "operator", "name", "outputs", "operations"].map { Table.Column($0) },
                rows: nodes.map { node in
                    [
                        .text(String(node.index)), .text(node.type), .text(node.name), .text(node.outputs),
                        .quantity(Quantity(node.operations, .flop)),
                    ]
                })
            exhibits.append(Exhibit("nodes", title: "Nodes", .table(table)))
        }
        return exhibits
    }
}
