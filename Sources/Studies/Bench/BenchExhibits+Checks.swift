import Engines
import Measurement
import Records

extension BenchExhibits {
    /// Peaks of the machine.
    var peaks: Exhibit? {
        guard !findings.peaks.isEmpty else { return nil }
        let rows = findings.peaks.sorted { $0.key < $1.key }.map { threads, peaks -> [Cell] in
            let labels = [Label.threads: String(threads)]
            return [.text(String(threads))]
                + ["peak.float", "peak.integer", "peak.stream"].map { name in
                    metric(name, labels).map { Self.plain($0) } ?? ""
                } + [.text(peaks.floatInstructions), .text(peaks.integerInstructions)]
        }
        return Exhibit(
            "peaks", title: "What the machine can do at most",
            caption: """
                The best of several trials: multiply-adds in registers alone, and the triad over arrays larger than the \
                last cache. With one thread by processor time, with several by the clock.
                """, question: .why,
            .table(
                Table(
                    columns: [
                        Table.Column("threads", .right), Table.Column("f32", .right), Table.Column("int8", .right),
                        Table.Column("memory", .right), Table.Column("f32 loop"), Table.Column("int8 loop"),
                    ], rows: rows)))
    }

    /// The share of the roofline that each engine reaches.
    var roofline: Exhibit? {
        let cells = findings.cells.filter { metric("roofline.time", $0.labels) != nil }
        guard !cells.isEmpty else { return nil }
        let rows = cells.map { cell -> [Cell] in
            let cost = cell.variant.cost
            let operations = (cost?.operations ?? 0) + (cost?.integerOperations ?? 0)
            return [
                .text(cell.variant.file.name), .text(String(cell.variant.batch)), .text(String(cell.threads)),
                .text(MetricUnit.flop.format(operations)), .text(MetricUnit.bytes.format(cost?.bytes ?? 0)),
                metric("roofline.time", cell.labels).map { Self.plain($0) } ?? "",
            ]
                + cell.entries.map { entry in
                    metric("roofline.fraction", cell.labels.merging([Label.stack: entry.title]) { $1 }).map {
                        Self.plain($0)
                    } ?? ""
                }
        }
        return Exhibit(
            "roofline", title: "How much of the roofline each engine reaches",
            caption: """
                The least time is that of the operations at the peak, or of moving weights and inputs once at the bandwidth \
                of memory, whichever is longer. Above 100 %, an engine computes with fewer operations (Winograd) or finds \
                the weights in its caches.
                """, question: .why,
            .table(
                Table(
                    columns: [
                        Table.Column("model"), Table.Column("batch", .right), Table.Column("threads", .right),
                        Table.Column("operations", .right), Table.Column("bytes", .right),
                        Table.Column("least time", .right),
                    ] + findings.stacks.map { Table.Column($0.title, .right) }, rows: rows)))
    }

    /// What denormal inputs cost.
    var denormals: Exhibit? {
        guard !findings.denormals.isEmpty else { return nil }
        let rows = findings.denormals.map { entry -> [Cell] in
            let labels = [Label.model: entry.model, Label.stack: entry.stack, "denormals": entry.words]
            return [
                .text(entry.model), .text(entry.stack), .text(entry.words),
                metric("denormals.ratio", labels).map { Cell($0) } ?? "",
            ]
        }
        return Exhibit(
            "denormals", title: "Inputs of 1e-39 over normal ones",
            caption:
                "Processor time in turns, with 95 % intervals. In the chain of convolutions all values stay denormal.",
            question: .fast,
            .table(
                Table(
                    columns: [
                        Table.Column("model"), Table.Column("stack"), Table.Column("as"), Table.Column("ratio", .right),
                    ], rows: rows)))
    }

    /// Whether the number of threads is obeyed.
    var threads: Exhibit? {
        guard !findings.threads.isEmpty else { return nil }
        let rows = findings.threads.map { entry -> [Cell] in
            let bits = "\(entry.otherBits) of \(entry.runs)"
            return [
                .text(entry.model), .text(String(entry.threads)),
                .text(entry.busy.map { MetricUnit.number.format($0) } ?? ""),
                .text(entry.processThreads.map(String.init) ?? "not told"),
                .text(entry.idle.map { MetricUnit.fraction.format($0) } ?? ""),
                entry.outcome == .completed
                    ? .state(entry.otherBits == 0 ? .holds : .fails, bits) : .missing(entry.outcome.description),
            ]
        }
        return Exhibit(
            "threads", title: "The number of threads on \(findings.stacks.first?.title ?? "")",
            caption: """
                Processor time over the clock while it runs, threads of its process, processor time over the clock while it \
                rests, and runs of two workers with other bits than the first.
                """, question: .itself,
            .table(
                Table(
                    columns: [
                        Table.Column("model"), Table.Column("threads", .right), Table.Column("busy", .right),
                        Table.Column("process threads", .right), Table.Column("at rest", .right),
                        Table.Column("other bits", .right),
                    ], rows: rows)))
    }

    /// The range of activations in the models with random weights.
    var activations: Exhibit? {
        guard !findings.activations.isEmpty else { return nil }
        let rows = findings.activations.map { report -> [Cell] in
            guard report.layers > 0 else {
                return [.text(report.model), "", .missing(report.outcome.description), "", ""]
            }
            return [
                .text(report.model), .text(String(report.layers)),
                .text("\(MetricUnit.number.format(report.least)) (\(report.leastLayer))"),
                .text("\(MetricUnit.number.format(report.largest)) (\(report.largestLayer))"),
                .state(report.isWithin ? .holds : .fails, report.isWithin ? "within" : "outside"),
            ]
        }
        return Exhibit(
            "activations", title: "Activations of the models with random weights",
            caption: "The smallest root mean square of a layer and the largest magnitude; both belong in 1e-3 to 1e3.",
            question: .itself,
            .table(
                Table(
                    columns: [
                        Table.Column("model"), Table.Column("layers", .right), Table.Column("least", .right),
                        Table.Column("largest", .right), Table.Column("1e-3 to 1e3"),
                    ], rows: rows)))
    }
}
