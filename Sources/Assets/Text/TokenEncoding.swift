/// A text as a BERT model takes it: token numbers, which of them count, and to which of two texts they belong.
public struct TokenEncoding: Sendable, Hashable {
    /// The number of each token.
    public private(set) var identifiers: [Int64] = []
    /// 1 for tokens, 0 for padding.
    public private(set) var mask: [Int64] = []
    /// 0 for the first text and padding, 1 for the second text.
    public private(set) var types: [Int64] = []

    mutating func append(_ tokens: [Int64], type: Int64) {
        identifiers += tokens
        mask += [Int64](repeating: 1, count: tokens.count)
        types += [Int64](repeating: type, count: tokens.count)
    }

    mutating func pad(to length: Int, with token: Int64) {
        let missing = length - identifiers.count
        guard missing > 0 else { return }
        identifiers += [Int64](repeating: token, count: missing)
        mask += [Int64](repeating: 0, count: missing)
        types += [Int64](repeating: 0, count: missing)
    }
}
