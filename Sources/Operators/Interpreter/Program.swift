import Graphs

/// A graph or function body made ready to run: every name is a slot, every operator is found, every last use is known.
final class Program: Sendable {
    /// The path of the graph, for messages.
    let path: String
    /// How many values a run holds at most.
    let slotCount: Int
    /// The inputs in order.
    let inputs: [Input]
    /// Values of the outer scope that the body reads.
    let captures: [Capture]
    /// Values known before the run.
    let constants: [(slot: Int, value: Value)]
    /// The calls in order.
    let steps: [Step]
    /// The slots of the outputs, in order.
    let outputs: [Output]

    struct Input: Sendable {
        let info: ValueInfo
        let slot: Int
    }

    struct Output: Sendable {
        let name: String
        let slot: Int
    }

    struct Capture: Sendable {
        let slot: Int
        let outerSlot: Int
    }

    /// One call.
    struct Step: Sendable {
        /// What computes it.
        enum Action: Sendable {
            /// An operator with its signature, which is made once, and what may compute it faster.
            case evaluate(any Operator, Signature, NodeKernel?)
            case function(Program)
        }
        let action: Action
        let site: CallSite
        /// The slots read, −1 for an omitted input.
        let inputs: [Int]
        /// The slots written, −1 for an output nobody asks for.
        let outputs: [Int]
        /// The body graphs by attribute name.
        let bodies: [String: Program]
        /// Slots that nothing reads after this step.
        let releases: [Int]
    }

    init(
        path: String, slotCount: Int, inputs: [Input], captures: [Capture],
        constants: [(slot: Int, value: Value)], steps: [Step], outputs: [Output]
    ) {
        self.path = path
        self.slotCount = slotCount
        self.inputs = inputs
        self.captures = captures
        self.constants = constants
        self.steps = steps
        self.outputs = outputs
    }

    /// Runs on the values of the inputs and captures.
    ///
    /// - Parameter observer: is told of every call.
    /// - Returns: the values of the outputs, in order.
    func run(
        inputs values: [Value?], captured: [Value], observer: (any CallObserver)? = nil
    ) throws(OperatorError) -> [Value] {
        var frame = [Value?](repeating: nil, count: slotCount)
        for constant in constants { frame[constant.slot] = constant.value }
        for (capture, value) in zip(captures, captured) { frame[capture.slot] = value }
        for (input, value) in zip(inputs, values) where value != nil { frame[input.slot] = value }
        if let observer {
            for step in steps {
                observer.begin(step.site)
                try step.run(&frame, observer)
                observer.end(step.site)
            }
        } else {
            for step in steps { try step.run(&frame, nil) }
        }
        var results: [Value] = []
        for output in outputs {
            guard let value = frame[output.slot] else {
                throw OperatorError(.arity, subject: path, reason: "output '\(output.name)' has no value")
            }
            results.append(value)
        }
        return results
    }
}

extension Program.Step {
    /// Computes the outputs, writes them, and drops what is no longer read.
    func run(_ frame: inout [Value?], _ observer: (any CallObserver)?) throws(OperatorError) {
        let arguments = inputs.map { $0 < 0 ? nil : frame[$0] }
        let results: [Value]
        switch action {
        case .function(let program): results = try program.run(inputs: arguments, captured: [], observer: observer)
        case .evaluate(let target, let signature, let kernel):
            try SignatureCheck.checkTypes(signature, arguments.map { $0?.elementType }, site.path)
            let call = Call(site: site, inputs: arguments, runBody: bodyRunner(frame, observer))
            if let fast = try kernel?(call) { results = fast } else { results = try target.evaluate(call) }
        }
        for (index, slot) in outputs.enumerated() where slot >= 0 {
            guard index < results.count else {
                throw OperatorError(.arity, subject: site.path, reason: "it has no output \(index)")
            }
            frame[slot] = results[index]
        }
        for slot in releases { frame[slot] = nil }
    }

    private func bodyRunner(_ frame: [Value?], _ observer: (any CallObserver)?) -> Call.BodyRunner {
        let path = site.path
        var captured: [String: [Value]] = [:]
        for (name, body) in bodies { captured[name] = body.captures.compactMap { frame[$0.outerSlot] } }
        let (bodies, values) = (self.bodies, captured)
        return { (attribute, inputs) throws(OperatorError) in
            guard let body = bodies[attribute], let captured = values[attribute],
                captured.count == body.captures.count
            else {
                throw OperatorError(
                    .attribute, subject: path, reason: "attribute '\(attribute)' holds no graph that can run")
            }
            guard inputs.count == body.inputs.count else {
                throw OperatorError(
                    .arity, subject: body.path,
                    reason: "it takes \(body.inputs.count) inputs and was given \(inputs.count)")
            }
            return try body.run(inputs: inputs, captured: captured, observer: observer)
        }
    }
}
