/// A regular expression as a nondeterministic automaton, run in time proportional to the text.
///
/// Source: Thompson, "Regular Expression Search Algorithm" (Communications of the ACM 11, 1968).
struct PatternAutomaton {
    private enum Instruction {
        /// Takes one scalar of a set.
        case scalar(ScalarSet)
        /// Goes on where a condition holds.
        case assertion(PatternNode.Assertion)
        /// Goes on at each of two places.
        case fork(Int, Int)
        case jump(Int)
        case accept
    }

    /// The most instructions that a pattern may take: counts inside counts multiply.
    private static let limit = 100_000

    private var instructions: [Instruction] = []

    /// Reads a pattern in the syntax of RE2.
    init(_ pattern: String) throws(PatternError) {
        var parser = PatternParser(pattern)
        try compile(try parser.parse())
        instructions.append(.accept)
    }

    private mutating func compile(_ node: PatternNode) throws(PatternError) {
        guard instructions.count < Self.limit else {
            throw PatternError(position: 1, reason: "its repetitions make it too large")
        }
        switch node {
        case .empty: break
        case .scalar(let set): instructions.append(.scalar(set))
        case .assertion(let assertion): instructions.append(.assertion(assertion))
        case .sequence(let nodes): for node in nodes { try compile(node) }
        case .choice(let nodes): try compile(choice: nodes)
        case .repetition(let node, let least, let most): try compile(node, least: least, most: most)
        }
    }

    private mutating func compile(choice nodes: [PatternNode]) throws(PatternError) {
        var exits: [Int] = []
        for node in nodes.dropLast() {
            let fork = instructions.count
            instructions.append(.accept)
            try compile(node)
            exits.append(instructions.count)
            instructions.append(.accept)
            instructions[fork] = .fork(fork + 1, instructions.count)
        }
        if let last = nodes.last { try compile(last) }
        for exit in exits { instructions[exit] = .jump(instructions.count) }
    }

    private mutating func compile(_ node: PatternNode, least: Int, most: Int?) throws(PatternError) {
        for _ in 0..<least {
            let start = instructions.count
            try compile(node)
            // What takes nothing and asks nothing does so however often.
            if instructions.count == start { break }
        }
        guard let most else {
            let fork = instructions.count
            instructions.append(.accept)
            try compile(node)
            instructions.append(.jump(fork))
            instructions[fork] = .fork(fork + 1, instructions.count)
            return
        }
        var forks: [Int] = []
        for _ in least..<max(least, most) {
            forks.append(instructions.count)
            instructions.append(.accept)
            try compile(node)
        }
        for fork in forks { instructions[fork] = .fork(fork + 1, instructions.count) }
    }

    /// True where the whole text matches.
    func matches(_ text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        var states = closure(of: [0], after: nil, before: scalars.first)
        for (index, scalar) in scalars.enumerated() {
            var following: [Int] = []
            for state in states {
                if case .scalar(let set) = instructions[state], set.contains(scalar) { following.append(state + 1) }
            }
            if following.isEmpty { return false }
            let next = index + 1 < scalars.count ? scalars[index + 1] : nil
            states = closure(of: following, after: scalar, before: next)
        }
        return states.contains { if case .accept = instructions[$0] { true } else { false } }
    }

    /// All states that are reached without taking a scalar.
    private func closure(
        of states: [Int], after previous: Unicode.Scalar?, before next: Unicode.Scalar?
    ) -> [Int] {
        var isReached = [Bool](repeating: false, count: instructions.count)
        var result: [Int] = []
        var open = states
        while let state = open.popLast() {
            if isReached[state] { continue }
            isReached[state] = true
            switch instructions[state] {
            case .fork(let first, let second): open += [first, second]
            case .jump(let target): open.append(target)
            case .assertion(let assertion):
                if assertion.holds(after: previous, before: next) { open.append(state + 1) }
            case .scalar, .accept: result.append(state)
            }
        }
        return result
    }
}
