import Graphs
import Tensors

/// A graph run along an axis of its inputs: states are carried from slice to slice, and outputs are stacked.
struct Scan: Operator {
    let name = "Scan"
    let family = OperatorFamily.control
    let agreement = Agreement.accumulation
    let signature = Signature(
        inputs: [.init("initial_state_and_scan_inputs", TypeSets.all, .variadic(minimum: 1))],
        outputs: [.init("final_state_and_scan_outputs", TypeSets.all, .variadic(minimum: 1))],
        attributes: [
            .init("body", isRequired: true), .init("num_scan_inputs", isRequired: true), .init("scan_input_axes"),
            .init("scan_input_directions"), .init("directions"), .init("scan_output_axes"),
            .init("scan_output_directions"),
        ], versions: [8, 9, 11, 16, 19, 21, 23, 24, 25])

    /// How a call scans.
    private struct Plan {
        let stateCount: Int
        let scanCount: Int
        let outputCount: Int
        let inputAxes: [Int]
        let inputReversed: [Bool]
        let outputAxes: [Int]
        let outputReversed: [Bool]
    }

    private func plan(_ site: CallSite) throws(OperatorError) -> Plan {
        let attributes = attributes(site)
        let scans = try attributes.int("num_scan_inputs")
        let body = try attributes.graph("body")
        let inputs = site.node.inputs.count
        let states = inputs - min(max(scans, 0), inputs)
        guard scans >= 1, scans <= inputs, body.inputs.count == inputs, body.outputs.count >= states else {
            throw OperatorError(
                .arity, subject: site.path,
                reason: "\(scans) scanned of \(inputs) inputs do not fit a body of \(body.inputs.count) inputs and "
                    + "\(body.outputs.count) outputs")
        }
        let outputs = body.outputs.count - states
        func list(_ name: String, _ count: Int) throws(OperatorError) -> [Int] {
            let values = try attributes.optionalInts(name) ?? Array(repeating: 0, count: count)
            guard values.count == count else {
                throw OperatorError(
                    .attribute, subject: site.path,
                    reason: "attribute '\(name)' has \(values.count) values, not \(count)")
            }
            return values
        }
        return Plan(
            stateCount: states, scanCount: scans, outputCount: outputs,
            inputAxes: try list("scan_input_axes", scans),
            inputReversed: try list("scan_input_directions", scans).map { $0 != 0 },
            outputAxes: try list("scan_output_axes", outputs),
            outputReversed: try list("scan_output_directions", outputs).map { $0 != 0 })
    }

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let infer = site.inferBody, site.opset >= 9 else { return [] }
        let plan = try plan(site)
        var length = Dimension.unknown
        var inputs: [ValueType?] = (0..<plan.stateCount).map { site.operand($0)?.type }
        for index in 0..<plan.scanCount {
            guard case .tensor(let element, let shape?)? = site.operand(plan.stateCount + index)?.type else {
                inputs.append(nil)
                continue
            }
            var dimensions = shape.dimensions
            let axis = try Axes.normalize(plan.inputAxes[index], rank: dimensions.count, site.path)
            length = dimensions.remove(at: axis)
            inputs.append(.tensor(element, SymbolicShape(dimensions)))
        }
        var types: [ValueType?] = []
        for (index, type) in try infer("body", inputs).enumerated() {
            guard index >= plan.stateCount, case .tensor(let element, let shape?)? = type else {
                types.append(index < plan.stateCount ? TypeJoin.common(type, inputs[index]) : nil)
                continue
            }
            var dimensions = shape.dimensions
            let axis = try Axes.normalize(
                plan.outputAxes[index - plan.stateCount], rank: dimensions.count + 1, site.path)
            dimensions.insert(length, at: axis)
            types.append(.tensor(element, SymbolicShape(dimensions)))
        }
        return types
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        if call.opset < 9 { return try evaluateBatch(call) }
        let plan = try plan(call.site)
        var scanned: [(tensor: Tensor, axis: Int)] = []
        for index in 0..<plan.scanCount {
            let tensor = try call.tensor(plan.stateCount + index)
            scanned.append(
                (tensor, try Axes.normalize(plan.inputAxes[index], rank: tensor.shape.rank, call.path)))
        }
        let lengths = Set(scanned.map { $0.tensor.shape[$0.axis] })
        guard lengths.count == 1, let length = lengths.first, length > 0 else {
            throw OperatorError(.shape, subject: call.path, reason: "its scanned axes have extents \(lengths.sorted())")
        }
        var states: [Value] = []
        for index in 0..<plan.stateCount { states.append(.tensor(try call.tensor(index))) }
        var collected = [[Tensor]](repeating: [], count: plan.outputCount)
        for step in 0..<length {
            var inputs = states
            for (index, (tensor, axis)) in scanned.enumerated() {
                let place = plan.inputReversed[index] ? length - 1 - step : step
                inputs.append(.tensor(try Stacking.slice(tensor, axis: axis, index: place, call.path)))
            }
            let results = try call.runBody("body", inputs)
            states = Array(results.prefix(plan.stateCount))
            for (index, value) in results.dropFirst(plan.stateCount).enumerated() {
                guard let tensor = value.tensor else {
                    throw OperatorError(.type, subject: call.path, reason: "a scanned output is not a tensor")
                }
                collected[index].append(tensor)
            }
        }
        for (index, slices) in collected.enumerated() {
            let ordered = plan.outputReversed[index] ? slices.reversed() : slices
            if let stacked = try Stacking.stack(ordered, axis: plan.outputAxes[index], call.path) {
                states.append(.tensor(stacked))
            }
        }
        return states
    }

    /// The form of operator set 8: a leading batch axis on every input, and an optional first input of lengths.
    private func evaluateBatch(_ call: Call) throws(OperatorError) -> [Value] {
        guard try call.optionalTensor(0) == nil else {
            throw OperatorError(
                .unsupported, subject: call.path, reason: "Scan of operator set 8 with sequence lengths",
                remedy: "convert the model to operator set 9 or newer")
        }
        var single = call
        single.site.opset = 9
        single.site.node.inputs.removeFirst()
        for index in single.site.node.attributes.indices where single.site.node.attributes[index].name == "directions" {
            single.site.node.attributes[index].name = "scan_input_directions"
        }
        let tensors = try call.inputs.indices.dropFirst().map { (index) throws(OperatorError) in
            try call.tensor(index)
        }
        guard let batch = tensors.first?.shape.first, batch > 0, tensors.allSatisfy({ $0.shape.first == batch }) else {
            throw OperatorError(.shape, subject: call.path, reason: "its inputs have no batch axis in common")
        }
        var columns: [[Tensor]] = []
        for sample in 0..<batch {
            single.inputs = try tensors.map { (tensor) throws(OperatorError) in
                .tensor(try Stacking.slice(tensor, axis: 0, index: sample, call.path))
            }
            let results = try evaluate(single).compactMap(\.tensor)
            if columns.isEmpty { columns = results.map { _ in [] } }
            for (index, result) in results.enumerated() { columns[index].append(result) }
        }
        return try columns.map { (slices) throws(OperatorError) in
            .tensor(try Stacking.stack(slices, axis: 0, call.path) ?? slices[0])
        }
    }

    var examples: [Example] {
        let float = ValueType.tensor(.float32, [.fixed(2)])
        let body = Graph(
            name: "body",
            nodes: [
                Node("Add", inputs: ["sum", "x"], outputs: ["next"]),
                Node("Identity", inputs: ["next"], outputs: ["seen"]),
            ], inputs: [ValueInfo("sum", float), ValueInfo("x", float)],
            outputs: [ValueInfo("next", float), ValueInfo("seen", float)])
        let attributes = [Attribute("body", .graph(body)), Attribute("num_scan_inputs", .int(1))]
        let inputs: [Value?] = [.floats([0, 0]), .floats([1, 2, 3, 4, 5, 6], [3, 2])]
        return [
            Example(
                "running sum", opset: 9, attributes: attributes, inputs: inputs, outputCount: 2,
                expected: [.floats([9, 12]), .floats([1, 2, 4, 6, 9, 12], [3, 2])], isDifferentiable: false),
            Example(
                "reversed, stacked along the last axis", opset: 16,
                attributes: attributes + [
                    .init("scan_input_directions", .ints([1])), .init("scan_output_directions", .ints([1])),
                    .init("scan_output_axes", .ints([1])), .init("scan_input_axes", .ints([0])),
                ], inputs: inputs, outputCount: 2,
                expected: [.floats([9, 12]), .floats([9, 8, 5, 12, 10, 6], [2, 3])], isDifferentiable: false),
        ]
    }
}
