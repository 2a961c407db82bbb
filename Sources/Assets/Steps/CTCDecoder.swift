/// Greedy decoding of connectionist temporal classification: the best path.
///
/// Graves, Fernández, Gomez and Schmidhuber, "Connectionist temporal classification", 2006, section 3.2.
public struct CTCDecoder: Sendable {
    /// A text and how sure the model is of it.
    public struct Reading: Sendable, Hashable {
        /// The text.
        public let text: String
        /// The mean score of the characters kept; 0 when there are none.
        public let confidence: Float
    }

    /// The characters by class; class `blank` stands for none.
    public let characters: [String]
    /// The class that separates characters.
    public let blank: Int

    /// Makes a decoder.
    public init(characters: [String], blank: Int = 0) {
        self.characters = characters
        self.blank = blank
    }

    /// The classes of PaddleOCR's recognition models: blank, the lines of the model's `character` metadata, a space.
    public init(paddleCharacters metadata: String) {
        let lines = metadata.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let kept = lines.last == "" ? lines.dropLast() : lines[...]
        self.init(characters: [""] + kept + [" "])
    }

    /// Reads scores of [steps, classes]: the best class of each step, repetitions and blanks left out.
    ///
    /// - Throws: `AssetError` of code `unexpectedOutput` when the scores do not fit the classes.
    public func decode(_ scores: [Float], steps: Int) throws(AssetError) -> Reading {
        let (count, overflow) = steps.multipliedReportingOverflow(by: characters.count)
        guard !overflow, steps >= 0, count == scores.count else {
            throw AssetError(
                .unexpectedOutput, subject: "CTC decoding",
                reason: "\(scores.count) scores are not \(steps) steps of \(characters.count) classes",
                remedy: "check the list of characters against the model")
        }
        var text = ""
        var (sum, kept, last) = (Float(0), 0, blank)
        for step in 0..<steps {
            let row = scores[(step * characters.count)..<((step + 1) * characters.count)]
            var best = row.startIndex
            for index in row.indices where row[index] > row[best] { best = index }
            let found = best - row.startIndex
            defer { last = found }
            guard found != blank, found != last else { continue }
            text += characters[found]
            sum += row[best]
            kept += 1
        }
        return Reading(text: text, confidence: kept == 0 ? 0 : sum / Float(kept))
    }
}
