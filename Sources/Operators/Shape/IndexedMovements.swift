/// Picks elements of one source by row-major position.
struct PositionMovement: ElementMovement {
    /// Where each element of the result comes from.
    let positions: [Int]

    func move<Element: Sendable>(_ sources: [[Element]]) throws(OperatorError) -> [Element] {
        let source = sources[0]
        return positions.map { source[$0] }
    }
}

/// Picks runs of neighbours of one source.
struct RunMovement: ElementMovement {
    /// Where each run starts.
    let starts: [Int]
    /// The length of every run.
    let length: Int

    func move<Element: Sendable>(_ sources: [[Element]]) throws(OperatorError) -> [Element] {
        var result = [Element]()
        result.reserveCapacity(starts.count * length)
        for start in starts { result.append(contentsOf: sources[0][start..<start + length]) }
        return result
    }
}

/// Joins sources by taking runs of each in turn, as concatenation does.
struct JoinMovement: ElementMovement {
    /// How often every source is visited.
    let rounds: Int

    func move<Element: Sendable>(_ sources: [[Element]]) throws(OperatorError) -> [Element] {
        var result = [Element]()
        result.reserveCapacity(sources.reduce(0) { $0 + $1.count })
        for round in 0..<rounds {
            for source in sources {
                let length = source.count / rounds
                result.append(contentsOf: source[round * length..<(round + 1) * length])
            }
        }
        return result
    }
}

/// Writes runs of the second source over the first; the last of equal places wins.
struct OverwriteMovement: ElementMovement {
    /// Where each run goes.
    let places: [Int]
    /// The length of every run.
    let length: Int

    func move<Element: Sendable>(_ sources: [[Element]]) throws(OperatorError) -> [Element] {
        var result = sources[0]
        let updates = sources[1]
        for (index, place) in places.enumerated() {
            for offset in 0..<length { result[place + offset] = updates[index * length + offset] }
        }
        return result
    }
}
