import Graphs
import Tensors

/// A graph run again and again: up to a count, while a condition holds, or both.
///
/// Values are carried from one iteration to
/// the next, and others are collected.
struct Loop: Operator {
    let name = "Loop"
    let family = OperatorFamily.control
    let agreement = Agreement.accumulation
    let signature = Signature(
        inputs: [
            .init("M", TypeSets.int64, .optional), .init("cond", TypeSets.bool, .optional),
            .init("v_initial", nil, .variadic(minimum: 0)),
        ], outputs: [.init("v_final_and_scan_outputs", nil, .variadic(minimum: 1))],
        attributes: [.init("body", isRequired: true)], versions: [1, 11, 13, 16, 19, 21, 23, 24, 25])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let infer = site.inferBody else { return [] }
        let initial: [ValueType?] = (2..<max(site.operands.count, 2)).map { site.operand($0)?.type }
        let counters: [ValueType?] = [.tensor(.int64, []), .tensor(.bool, [])]
        let first = try infer("body", counters + initial)
        // Carried values may change their shape on the way: what the first iteration changes is not known.
        var carried = zip(initial, first.dropFirst()).map { TypeJoin.common($0, $1) }
        var results = first
        if carried != initial {
            results = try infer("body", counters + carried)
            carried = zip(carried, results.dropFirst()).map { TypeJoin.common($0, $1) }
        }
        let trips = site.operand(1) == nil ? site.integers(0)?.first : nil
        let scans = results.dropFirst(1 + initial.count).map { type -> ValueType? in
            guard case .tensor(let element, let shape)? = type else { return nil }
            return .tensor(
                element,
                shape.map { SymbolicShape([trips.map { .fixed(max($0, 0)) } ?? .unknown] + $0.dimensions) })
        }
        return carried + scans
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let body = try attributes(call).graph("body")
        let limit = try call.optionalIntegers(0)?.first
        var goesOn =
            try call.optionalTensor(1).map { (tensor) throws(OperatorError) in
                try condition(tensor, call.path)
            } ?? true
        let initial = call.inputs.dropFirst(2).compactMap(\.self)
        guard body.inputs.count == initial.count + 2, body.outputs.count > initial.count else {
            throw OperatorError(
                .arity, subject: call.path,
                reason: "its body takes \(body.inputs.count) inputs and gives \(body.outputs.count) outputs, "
                    + "for \(initial.count) carried values")
        }
        var carried = initial
        var collected = [[Tensor]](repeating: [], count: body.outputs.count - 1 - initial.count)
        var iteration = 0
        while goesOn, iteration < limit ?? .max {
            let counters: [Value] = [
                .tensor(Tensor(scalar: Int64(iteration))), .tensor(Tensor(scalar: goesOn)),
            ]
            let results = try call.runBody("body", counters + carried)
            guard let next = results.first?.tensor else {
                throw OperatorError(.type, subject: call.path, reason: "its body gives no condition")
            }
            goesOn = try condition(next, call.path)
            carried = Array(results[1..<1 + initial.count])
            for (index, value) in results.dropFirst(1 + initial.count).enumerated() {
                guard let tensor = value.tensor else {
                    throw OperatorError(.type, subject: call.path, reason: "a collected value is not a tensor")
                }
                collected[index].append(tensor)
            }
            iteration += 1
        }
        return carried + (try scans(collected, body, skipping: 1 + initial.count, call.path))
    }

    private func condition(_ tensor: Tensor, _ path: String) throws(OperatorError) -> Bool {
        guard let value = try Truth.value(tensor, path) else {
            throw OperatorError(.shape, subject: path, reason: "its condition is not a single truth value")
        }
        return value
    }

    private func scans(
        _ collected: [[Tensor]], _ body: Graph, skipping count: Int, _ path: String
    ) throws(OperatorError) -> [Value] {
        var results: [Value] = []
        for (index, slices) in collected.enumerated() {
            if let stacked = try Stacking.stack(slices, axis: 0, path) {
                results.append(.tensor(stacked))
                continue
            }
            // No iteration: an empty tensor of the type the body declares.
            guard case .tensor(let element, let shape)? = body.outputs[count + index].type else {
                throw OperatorError(
                    .type, subject: path, reason: "it never ran and its body does not declare the type of its outputs")
            }
            let extents = [0] + (shape?.dimensions ?? []).map { $0.value ?? 0 }
            results.append(.tensor(try EmptyTensor.make(element, Shape(extents), path)))
        }
        return results
    }

    var examples: [Example] {
        let float = ValueType.tensor(.float32, [.fixed(1)])
        let body = Graph(
            name: "body",
            nodes: [
                Node("Add", inputs: ["sum", "sum"], outputs: ["next"]),
                Node("Identity", inputs: ["sum"], outputs: ["seen"]),
                Node("Identity", inputs: ["goes"], outputs: ["goesOn"]),
            ],
            inputs: [
                ValueInfo("i", .tensor(.int64, [])), ValueInfo("goes", .tensor(.bool, [])), ValueInfo("sum", float),
            ],
            outputs: [
                ValueInfo("goesOn", .tensor(.bool, [])), ValueInfo("next", float), ValueInfo("seen", float),
            ])
        let attributes = [Attribute("body", .graph(body))]
        return [
            Example(
                "a count", opset: 13, attributes: attributes, inputs: [.ints([3], []), nil, .floats([1])],
                outputCount: 2, expected: [.floats([8]), .floats([1, 2, 4], [3, 1])], isDifferentiable: false),
            Example(
                "a count and a condition", opset: 16, attributes: attributes,
                inputs: [.ints([2], []), .bools([true], []), .floats([1])], outputCount: 2,
                expected: [.floats([4]), .floats([1, 2], [2, 1])], isDifferentiable: false),
            Example(
                "never", opset: 13, attributes: attributes,
                inputs: [.ints([3], []), .bools([false], []), .floats([1])], outputCount: 2,
                expected: [.floats([1]), .floats([], [0, 1])], isDifferentiable: false),
        ]
    }
}
