import Tensors

/// The recurrence of `LinearAttention`, token by token, in single precision.
struct LinearRecurrence {
    let batch: Int
    let length: Int
    let queryHeads: Int
    let keyHeads: Int
    let keySize: Int
    let valueSize: Int
    let scale: Float
    /// `[N, L, H·D]` each.
    let query: [Float]
    let key: [Float]
    let value: [Float]
    /// Logarithms of what is kept: one a head or one an element of the key; `nil` where the state does not decay.
    let decay: [Float]?
    /// Rates of update: one a head or one for all; `nil` where values are written as they are.
    let beta: [Float]?
    /// `[N, H, D, D']`: what the state maps keys to.
    var state: [Float]

    /// Runs every token; leaves the last state and gives the outputs, `[N, L, H·D']`.
    mutating func run() -> [Float] {
        var output = [Float](repeating: 0, count: batch * length * queryHeads * valueSize)
        // Without elements there may be any number of heads.
        if state.isEmpty { return output }
        for sample in 0..<batch {
            for token in 0..<length {
                for head in 0..<keyHeads {
                    let row = sample * length + token
                    let start = (sample * keyHeads + head) * keySize * valueSize
                    fade(row, head, at: start)
                    write(row, head, at: start)
                    let group = queryHeads / keyHeads
                    for reader in head * group..<(head + 1) * group {
                        read(row, reader, at: start, into: &output)
                    }
                }
            }
        }
        return output
    }

    /// Multiplies each row of the state by what is kept of it.
    private mutating func fade(_ row: Int, _ head: Int, at start: Int) {
        guard let decay else { return }
        // One a head, or one an element of the key.
        let each = decay.count / (batch * length * keyHeads)
        for element in 0..<keySize {
            let kept = Float.exp(decay[(row * keyHeads + head) * each + (each == 1 ? 0 : element)])
            for column in 0..<valueSize { state[start + element * valueSize + column] *= kept }
        }
    }

    /// Adds the outer product of key and value to the state; of the value only what the state does not hold yet where
    /// there is a rate of update.
    private mutating func write(_ row: Int, _ head: Int, at start: Int) {
        let keys = (row * keyHeads + head) * keySize
        let values = (row * keyHeads + head) * valueSize
        var written = Array(value[values..<values + valueSize])
        if let beta {
            let rates = beta.count / (batch * length)
            let rate = beta[row * rates + (rates == 1 ? 0 : head)]
            for element in 0..<keySize {
                let factor = key[keys + element]
                for column in 0..<valueSize {
                    written[column] -= factor * state[start + element * valueSize + column]
                }
            }
            for column in 0..<valueSize { written[column] *= rate }
        }
        for element in 0..<keySize {
            let factor = key[keys + element]
            for column in 0..<valueSize {
                state[start + element * valueSize + column] += factor * written[column]
            }
        }
    }

    /// Adds what the state holds for a query to an output.
    private func read(_ row: Int, _ head: Int, at start: Int, into output: inout [Float]) {
        let queries = (row * queryHeads + head) * keySize
        let target = (row * queryHeads + head) * valueSize
        for element in 0..<keySize {
            let factor = scale * query[queries + element]
            for column in 0..<valueSize {
                output[target + column] += factor * state[start + element * valueSize + column]
            }
        }
    }
}
