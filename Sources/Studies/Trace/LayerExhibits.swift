import Engines
public import Records

/// Tables and charts of layer profiles.
public struct LayerExhibits {
    private let comparison: LayerComparison
    /// How many rows a table shows at most; the rest are summed up in one.
    private let limit: Int

    /// Takes profiles of one model.
    public init(_ comparison: LayerComparison, limit: Int = 60) {
        self.comparison = comparison
        self.limit = limit
    }

    private static let named = 4

    /// Where an engine's time goes: one row a group of nodes, the longest first, then what belongs to no node.
    public func profile(of side: LayerComparison.Side) -> Table {
        let (attribution, times) = (side.attribution, side.times)
        let order = attribution.groups.indices.sorted {
            (times.groups[$1].nanoseconds, $0) < (times.groups[$0].nanoseconds, $1)
        }
        var rows = order.prefix(limit).map { index -> [Cell] in
            let group = attribution.groups[index]
            return [
                .text(title(group.nodes, leading: group.leading)), .text(kinds(group.nodes)),
                .text(words(group.steps, side)), time(times.groups[index], times), share(times.groups[index], times),
            ]
        }
        let rest = order.dropFirst(limit)
        if !rest.isEmpty {
            let nanoseconds = rest.reduce(0) { $0 + times.groups[$1].nanoseconds }
            let part = rest.reduce(0) { $0 + times.groups[$1].share }
            rows.append([
                .text("\(rest.count) more groups"), "", "", .quantity(Quantity(nanoseconds, .nanoseconds)),
                .quantity(Quantity(part, .fraction)),
            ])
        }
        for (name, part, steps) in [
            ("rearranged for the engine's own sake", times.rearrangements, attribution.rearrangements),
            ("computed for no node that could be found", times.unclaimed, attribution.unclaimed),
        ] where !steps.isEmpty {
            rows.append([.text(name), "", .text(words(steps, side)), time(part, times), share(part, times)])
        }
        return Table(
            columns: [
                Table.Column("nodes"), Table.Column("operators"), Table.Column("steps of the engine"),
                Table.Column("time", .right), Table.Column("share", .right),
            ], rows: rows)
    }

    /// The engines side by side, one row a block of nodes in the order of the model.
    public var sideBySide: Table {
        let longest = comparison.blocks.indices.sorted { weight($1) < weight($0) }
        let shown = Set(longest.prefix(limit))
        var rows = comparison.blocks.indices.filter(shown.contains).map { index -> [Cell] in
            let block = comparison.blocks[index]
            return [.text(title(block.nodes, leading: block.leading)), .text(kinds(block.nodes))]
                + zip(comparison.sides, block.groups).flatMap { side, groups -> [Cell] in
                    guard !groups.isEmpty else { return [.missing("folded"), ""] }
                    let steps = groups.flatMap { side.attribution.groups[$0].steps }.sorted()
                    let parts = groups.map { side.times.groups[$0] }
                    return [
                        parts.count == 1
                            ? time(parts[0], side.times)
                            : .quantity(Quantity(parts.reduce(0) { $0 + $1.nanoseconds }, .nanoseconds)),
                        .text(words(steps, side)),
                    ]
                }
        }
        let rest = longest.dropFirst(limit)
        if !rest.isEmpty {
            rows.append(
                [.text("\(rest.count) more blocks"), ""]
                    + comparison.sides.indices.flatMap { side -> [Cell] in
                        let sum = rest.reduce(0) { $0 + comparison.blocks[$1].nanoseconds[side] }
                        return [.quantity(Quantity(sum, .nanoseconds)), ""]
                    })
        }
        rows.append(
            ["for no node", ""]
                + comparison.sides.flatMap { side -> [Cell] in
                    let steps = side.attribution.rearrangements + side.attribution.unclaimed
                    let sum = side.times.rearrangements.nanoseconds + side.times.unclaimed.nanoseconds
                    return [.quantity(Quantity(sum, .nanoseconds)), .text(words(steps.sorted(), side))]
                })
        rows.append(
            ["the whole run", ""]
                + comparison.sides.flatMap { side -> [Cell] in
                    [time(side.times.run, side.times), .text("steps cover \(percent(side.times.covered))")]
                })
        return Table(
            columns: [Table.Column("nodes"), Table.Column("operators")]
                + comparison.sides.flatMap { [Table.Column($0.title, .right), Table.Column("as")] }, rows: rows)
    }

    /// What was found of each engine: nodes attributed, folded, unused and unknown, and shares of the time.
    public var coverage: Table {
        Table(
            columns: [
                Table.Column("engine"), Table.Column("nodes", .right), Table.Column("in steps", .right),
                Table.Column("folded", .right), Table.Column("unused", .right), Table.Column("not found", .right),
                Table.Column("steps", .right), Table.Column("time of nodes", .right),
                Table.Column("of rearranging", .right), Table.Column("steps / run", .right),
            ],
            rows: comparison.sides.map { side in
                let counts = side.attribution.counts
                return [
                    .text(side.title), .text(String(side.attribution.nodes.count)), .text(String(counts.attributed)),
                    .text(String(counts.folded)), .text(String(counts.unused)), .text(String(counts.unknown)),
                    .text(String(side.steps.count)), .quantity(Quantity(side.times.attributed, .fraction)),
                    .quantity(Quantity(side.times.rearrangements.share, .fraction)),
                    .quantity(Quantity(side.times.covered, .fraction)),
                ]
            })
    }

    private func weight(_ block: Int) -> Double { comparison.blocks[block].nanoseconds.max() ?? 0 }

    private func time(_ part: LayerTimes.Part, _ times: LayerTimes) -> Cell {
        .quantity(Quantity(part.nanoseconds, .nanoseconds, interval: part.interval, count: times.runCount))
    }

    private func share(_ part: LayerTimes.Part, _ times: LayerTimes) -> Cell {
        .quantity(Quantity(part.share, .fraction, interval: part.shareInterval, count: times.runCount))
    }

    private func percent(_ value: Double) -> String { MetricUnit.fraction.format(value, nil) }

    private func title(_ nodes: [Int], leading: Int) -> String {
        comparison.sides.first?.attribution.title(of: nodes, leading: leading) ?? ""
    }

    /// The operators in the order of the model: `Conv, BatchNormalization, Relu`.
    private func kinds(_ nodes: [Int]) -> String {
        let all = comparison.sides.first?.attribution.nodes ?? []
        return list(nodes.filter(all.indices.contains).map { all[$0].kind })
    }

    private func words(_ steps: [Int], _ side: LayerComparison.Side) -> String {
        list(
            steps.map { step in
                let (kind, how) = (side.steps[step].kind, side.steps[step].implementation)
                return how.isEmpty || how == "CPUExecutionProvider" ? kind : "\(kind) (\(how))"
            })
    }

    /// Words with how often they stand there, the first few.
    private func list(_ words: [String]) -> String {
        var counts: [(word: String, count: Int)] = []
        for word in words {
            if let index = counts.firstIndex(where: { $0.word == word }) {
                counts[index].count += 1
            } else {
                counts.append((word, 1))
            }
        }
        let shown = counts.prefix(Self.named).map { $0.count > 1 ? "\($0.count) × \($0.word)" : $0.word }
        return (shown + (counts.count > Self.named ? ["…"] : [])).joined(separator: ", ")
    }
}
