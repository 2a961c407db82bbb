import COneDNN
import Engines
import Graphs
import Operators
import Tensors

/// Turns the kernels of a static graph into steps on buffers, and rearranges between them only where layouts differ.
struct PlanBuilder {
    private let library: OneDNNLibrary
    private let weights: WeightStore
    /// The threads of the step that is being added.
    private var team: Team
    private let parts: ConcatenationParts
    private(set) var values: [StaticGraph.Value]
    private var placements: [[Placement]]
    /// The steps so far and their buffers.
    private(set) var plan = PlanDraft()
    /// The buffers of tensors that are joined of parts, by value.
    private var wholes: [Int: Int] = [:]

    init(
        _ graph: StaticGraph, _ parts: ConcatenationParts, _ library: OneDNNLibrary, weights: WeightStore, threads: Int
    ) throws(EngineError) {
        self.library = library
        self.parts = parts
        self.weights = weights
        team = Team(library: library, count: threads)
        values = graph.values
        placements = Array(repeating: [], count: graph.values.count)
        for (index, value) in graph.inputs.enumerated() {
            let buffer = plan.add(PlanBuffer(owner: .input(index), byteCount: values[value].byteCount))
            placements[value] = [try rowMajor(value, buffer)]
        }
    }

    // MARK: Kernels

    /// Adds the steps of a kernel.
    ///
    /// - Throws: `EngineError`.
    mutating func add(_ node: KernelNode) throws(EngineError) {
        let whole = team
        if team.count > 1, !StepWork(node, values).isWorthThreads {
            team = Team(library: library, count: 1)
            library.functions.setThreads(1)
        }
        defer {
            if team.count != whole.count { library.functions.setThreads(Int32(whole.count)) }
            team = whole
        }
        if let lowering = node.lowering {
            if case .view = lowering.kernel, try addView(node) { return }
            if let result = node.outputs[0], parts.wholes.contains(result) { return try join(node, result) }
            let place = try node.outputs[0].flatMap { (value) throws(EngineError) in try partPlacement(of: value) }
            if let draft = try draft(lowering.kernel, node.operands, node.postOperations, place?.layout),
                draft.results.count <= node.outputs.count || node.outputs.count == 1
            {
                try add(draft, operands: node.operands, outputs: node.outputs, title: StepTitle(node, values))
                return
            }
        }
        guard node.postOperations.isEmpty else { return try addApart(node) }
        try addReference(node)
    }

    private mutating func draft(
        _ kernel: Kernel, _ operands: [Int?], _ operations: [PostOperation], _ destination: Layout? = nil
    ) throws(EngineError) -> KernelDraft? {
        var planner = kernel.planner
        if let destination, var placing = planner as? any PlacingPlanner {
            placing.destination = destination
            planner = placing
        }
        if !operations.isEmpty {
            guard var fusing = planner as? any FusingPlanner else { return nil }
            fusing.postOperations = operations
            planner = fusing
        }
        if !planner.readsParts { for case let operand? in operands { try makeDense(operand) } }
        var known: [KernelOperand?] = []
        for case let operand in operands {
            known.append(try operand.map { number throws(EngineError) in try kernelOperand(number) })
        }
        guard planner.takes(known) else { return nil }
        // What a kernel keeps of a constant is its own.
        defer { for operand in known { operand?.constant?.bytes?.releasePages() } }
        return try planner.draft(known, library)
    }

    private func kernelOperand(_ number: Int) throws(EngineError) -> KernelOperand {
        let value = values[number]
        let extents = value.shape.dimensions
        guard value.constant == nil, let placement = placements[number].first else {
            return KernelOperand(
                extents: extents, elementType: value.elementType,
                layout: try Layout(extents, type: value.elementType, library), isRowMajor: true,
                constant: value.constant)
        }
        return KernelOperand(
            extents: extents, elementType: value.elementType, layout: placement.layout,
            isRowMajor: placement.layout.isSame(as: try Layout(extents, type: value.elementType, library)))
    }

    private mutating func add(
        _ draft: KernelDraft, operands: [Int?], outputs: [Int?], title: StepTitle
    ) throws(EngineError) {
        var read: [Int] = []
        for source in draft.sources {
            guard let operand = operands[source.operand] else { continue }
            read.append(try buffer(of: operand, source))
        }
        var written: [Int] = []
        for (index, result) in draft.results.enumerated() {
            let output = index < outputs.count ? outputs[index] : nil
            if let output, let place = try partPlacement(of: output), place.layout.isSame(as: result.layout) {
                written.append(place.buffer)
                placements[output] = [place]
                continue
            }
            let buffer = plan.add(PlanBuffer(owner: .arena, byteCount: result.layout.byteCount))
            written.append(buffer)
            guard let output else { continue }
            let layout =
                result.isRowMajor || result.layout.liesRowMajor(result.extents)
                ? try Layout(values[output].shape.dimensions, type: values[output].elementType, library)
                : result.layout
            placements[output] = [Placement(layout: layout, buffer: buffer)]
        }
        switch draft.computation {
        case .primitive(let description):
            let arguments =
                draft.sources.map { Primitive.Argument(index: $0.argument, layout: $0.wanted) }
                + draft.results.map { Primitive.Argument(index: $0.argument, layout: $0.layout) }
            let primitive = try Primitive(description, arguments)
            plan.add(.primitive(primitive), read, written, title, scratch: primitive.scratchByteCount)
        case .direct(let kernel):
            plan.add(.direct(kernel, team), read, written, title, scratch: kernel.scratchByteCount)
        }
    }

    /// A result that is its operand under another shape takes no step.
    private mutating func addView(_ node: KernelNode) throws(EngineError) -> Bool {
        guard let operand = node.operands[0], let output = node.outputs[0], values[operand].constant == nil,
            values[operand].byteCount == values[output].byteCount
        else { return false }
        let buffer = try rowMajorBuffer(operand)
        placements[output] = [try rowMajor(output, buffer)]
        return true
    }

    /// Adds a kernel and its post-operations as kernels of their own.
    private mutating func addApart(_ node: KernelNode) throws(EngineError) {
        guard let result = node.outputs.compactMap({ $0 }).first else { return }
        var bare = node
        bare.postOperations = []
        bare.furtherOperands = []
        let count = node.operands.count - node.furtherOperands.count
        var current = intermediate(like: result)
        bare.outputs = node.outputs.map { $0 == nil ? nil : current }
        try add(bare)
        for (index, operation) in node.postOperations.enumerated() {
            let next = index == node.postOperations.count - 1 ? result : intermediate(like: result)
            let (kernel, operands): (Kernel, [Int?]) =
                switch operation {
                case .unary(let kind): (.unary(kind), [current])
                case .binary(let kind, let operand): (.binary(kind), [current, node.furtherOperands[operand - count]])
                }
            guard let draft = try draft(kernel, operands, []) else {
                throw EngineError(
                    .runFailed, subject: node.site.path, reason: "oneDNN has no kernel for \(operation) on its result")
            }
            try add(draft, operands: operands, outputs: [next], title: StepTitle(node, values))
            current = next
        }
    }

    private mutating func intermediate(like value: Int) -> Int {
        values.append(
            StaticGraph.Value(
                name: values[value].name, elementType: values[value].elementType, shape: values[value].shape,
                constant: nil))
        placements.append([])
        return values.count - 1
    }

    private mutating func addReference(_ node: KernelNode) throws(EngineError) {
        var read: [Int] = []
        var operands: [PlanStep.ReferenceOperand] = []
        for input in node.inputs {
            guard let input else {
                operands.append(.omitted)
                continue
            }
            if let constant = values[input].constant {
                operands.append(.constant(constant))
            } else {
                operands.append(
                    .buffer(
                        read.count, PlannedTensor(elementType: values[input].elementType, shape: values[input].shape)))
                read.append(try rowMajorBuffer(input))
            }
        }
        var written: [Int] = []
        var results: [PlannedTensor?] = []
        for output in node.outputs {
            guard let output else {
                results.append(nil)
                continue
            }
            let buffer = plan.add(PlanBuffer(owner: .arena, byteCount: values[output].byteCount))
            written.append(buffer)
            results.append(PlannedTensor(elementType: values[output].elementType, shape: values[output].shape))
            placements[output] = [try rowMajor(output, buffer)]
        }
        plan.add(
            .reference(node.target, node.site, operands: operands, results: results), read, written,
            StepTitle(node, values))
    }

    // MARK: Parts

    /// Where a value lies within the tensor that it is joined into; `nil` where it is not, or not yet decided.
    private mutating func partPlacement(of value: Int) throws(EngineError) -> Placement? {
        guard let place = parts.root(of: value) else { return nil }
        let whole = try wholeBuffer(place.whole)
        let layout = try Layout.channelsLast(
            values[value].shape.dimensions, pixelStride: values[place.whole].shape[1], library)
        if let known = placements[value].first(where: { $0.layout.isSame(as: layout) }) { return known }
        return Placement(
            layout: layout,
            buffer: plan.add(
                PlanBuffer(
                    owner: .part(of: whole, byteOffset: place.channel * MemoryLayout<Float>.stride),
                    byteCount: layout.byteCount)))
    }

    /// The buffer of a tensor that is joined of parts, channels last.
    private mutating func wholeBuffer(_ value: Int) throws(EngineError) -> Int {
        if let known = wholes[value] { return known }
        let buffer = plan.add(PlanBuffer(owner: .arena, byteCount: values[value].byteCount))
        wholes[value] = buffer
        return buffer
    }

    /// Joins channels: parts that are not in their places are moved there.
    private mutating func join(_ node: KernelNode, _ result: Int) throws(EngineError) {
        let target: Placement
        if let part = try partPlacement(of: result) {
            target = part
        } else {
            target = Placement(
                layout: try Layout.channelsLast(values[result].shape.dimensions, library),
                buffer: try wholeBuffer(result))
        }
        let width = parts.root(of: result).map { values[$0.whole].shape[1] } ?? values[result].shape[1]
        var channel = 0
        for case let operand? in node.operands {
            defer { channel += values[operand].shape[1] }
            let layout = try Layout.channelsLast(
                values[operand].shape.dimensions, pixelStride: width, library)
            if parts.places[operand]?.whole == result,
                placements[operand].contains(where: { $0.layout.isSame(as: layout) })
            {
                continue
            }
            let part = plan.add(
                PlanBuffer(
                    owner: .part(of: target.buffer, byteOffset: channel * MemoryLayout<Float>.stride),
                    byteCount: layout.byteCount))
            guard let source = try source(operand) else { continue }
            try rearrange(source, to: Placement(layout: layout, buffer: part), StepTitle(node, values))
        }
        placements[result] = [target]
    }

    /// Where the elements of a value are, a constant's too.
    private mutating func source(_ value: Int) throws(EngineError) -> Placement? {
        guard let constant = values[value].constant else { return placements[value].first }
        let buffer = try weights.buffer(constant, given: nil, wanted: nil)
        return try rowMajor(value, plan.add(PlanBuffer(owner: .constant(buffer), byteCount: values[value].byteCount)))
    }

    /// Makes a value that is a part of wider pixels available densely, as the first of its placements.
    private mutating func makeDense(_ value: Int) throws(EngineError) {
        let extents = values[value].shape.dimensions
        guard values[value].constant == nil, let primary = placements[value].first,
            let stride = primary.layout.pixelStride(extents), stride > extents[1]
        else { return }
        let layout = try Layout.channelsLast(extents, library)
        if let index = placements[value].firstIndex(where: { $0.layout.isSame(as: layout) }) {
            return placements[value].swapAt(0, index)
        }
        let dense = Placement(layout: layout, buffer: plan.add(PlanBuffer(owner: .arena, byteCount: layout.byteCount)))
        try rearrange(primary, to: dense, .reorder(values[value]))
        placements[value].insert(dense, at: 0)
    }

    // MARK: Outputs

    /// Makes a value appear where the caller wants the output.
    ///
    /// - Throws: `EngineError`.
    mutating func finish(_ value: Int, as output: Int) throws(EngineError) {
        if let constant = values[value].constant {
            let buffer = plan.add(
                PlanBuffer(
                    owner: .constant(try weights.buffer(constant, given: nil, wanted: nil)),
                    byteCount: values[value].byteCount))
            return try copy(buffer, value, to: output)
        }
        let target = try Layout(values[value].shape.dimensions, type: values[value].elementType, library)
        guard let placement = placements[value].first(where: { $0.layout.isSame(as: target) }) else {
            guard let primary = placements[value].first else { return }
            let buffer = plan.add(PlanBuffer(owner: .output(output), byteCount: values[value].byteCount))
            return try rearrange(
                primary, to: Placement(layout: target, buffer: buffer), .reorder(values[value]))
        }
        if !plan.makeOutput(placement.buffer, output) { try copy(placement.buffer, value, to: output) }
    }

    private mutating func copy(_ source: Int, _ value: Int, to output: Int) throws(EngineError) {
        let buffer = plan.add(PlanBuffer(owner: .output(output), byteCount: values[value].byteCount))
        plan.add(.copy(byteCount: values[value].byteCount), [source], [buffer], .copy(values[value]))
    }

    // MARK: Buffers

    /// The buffer that holds an operand as a kernel reads it.
    private mutating func buffer(of value: Int, _ source: KernelDraft.Source) throws(EngineError) -> Int {
        if let constant = values[value].constant {
            let buffer = try weights.buffer(constant, given: source.given, wanted: source.wanted)
            return plan.add(PlanBuffer(owner: .constant(buffer), byteCount: source.wanted.byteCount))
        }
        let given: Placement
        if source.acceptsAnyLayout, let primary = placements[value].first {
            given = Placement(layout: source.given, buffer: primary.buffer)
        } else {
            given = Placement(layout: source.given, buffer: try rowMajorBuffer(value))
        }
        if source.given.isSame(as: source.wanted) { return given.buffer }
        let extents = values[value].shape.dimensions
        if source.acceptsAnyLayout, source.given.liesRowMajor(extents), source.wanted.liesRowMajor(extents) {
            return given.buffer
        }
        if let known = placements[value].first(where: { $0.layout.isSame(as: source.wanted) }) { return known.buffer }
        let buffer = plan.add(PlanBuffer(owner: .arena, byteCount: source.wanted.byteCount))
        let placement = Placement(layout: source.wanted, buffer: buffer)
        try rearrange(given, to: placement, .reorder(values[value]))
        placements[value].append(placement)
        return buffer
    }

    /// The buffer that holds a value row-major.
    private mutating func rowMajorBuffer(_ value: Int) throws(EngineError) -> Int {
        let layout = try Layout(values[value].shape.dimensions, type: values[value].elementType, library)
        if let known = placements[value].first(where: { $0.layout.isSame(as: layout) }) { return known.buffer }
        guard let primary = placements[value].first else {
            throw EngineError(
                .runFailed, subject: "value '\(values[value].name)'", reason: "it is read before it is computed")
        }
        let placement = Placement(
            layout: layout, buffer: plan.add(PlanBuffer(owner: .arena, byteCount: layout.byteCount)))
        try rearrange(primary, to: placement, .reorder(values[value]))
        placements[value].append(placement)
        return placement.buffer
    }

    private mutating func rearrange(
        _ source: Placement, to target: Placement, _ title: StepTitle
    ) throws(EngineError) {
        let primitive = try weights.rearrangement(from: source.layout, to: target.layout)
        plan.add(.primitive(primitive), [source.buffer], [target.buffer], title, scratch: primitive.scratchByteCount)
    }

    private func rowMajor(_ value: Int, _ buffer: Int) throws(EngineError) -> Placement {
        Placement(
            layout: try Layout(values[value].shape.dimensions, type: values[value].elementType, library),
            buffer: buffer)
    }
}
