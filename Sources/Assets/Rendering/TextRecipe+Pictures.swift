import Tensors

extension TextRecipe {
    /// One picture to draw with `pango-view`.
    struct Picture: Sendable, Hashable {
        /// The file name inside the data set's folder.
        var file: String
        /// The label.
        var label: String
        /// The arguments of `pango-view`, without the output file.
        var arguments: [String]
    }

    /// Every picture of the recipe, in order, from the paragraphs of its sources.
    func pictures(paragraphs: [String]) -> [Picture] {
        var random = SplitMix64(seed: seed)
        return (0..<count).flatMap { index in
            switch kind {
            case .turnedPages: page(index, paragraphs: paragraphs, random: &random)
            case .lines: [line(index, paragraphs: paragraphs, random: &random)]
            }
        }
    }

    private func page(_ index: Int, paragraphs: [String], random: inout SplitMix64) -> [Picture] {
        let text = (0..<random.integer(in: 4...7)).map { _ in random.element(of: paragraphs) }.joined(separator: "\n\n")
        var layout = [
            "--font", "\(fonts[index % fonts.count]) \(random.element(of: sizes))", "--width",
            String(random.integer(in: 340...480)), "--margin", String(random.integer(in: 20...60)), "--align",
            random.element(of: ["left", "left", "left", "center"]), "--line-spacing",
            random.element(of: ["1.0", "1.15", "1.3"]), "--dpi", "96",
        ]
        if random.integer(in: 0...1) == 1 { layout.append("--justify") }
        if random.integer(in: 0...2) == 0 { layout += ["--indent", "18"] }
        // pango-view turns against the clock, the label counts with it.
        return [0, 90, 180, 270].map { turn in
            Picture(
                file: "page-\(Self.padded(index))-\(turn).png", label: String(turn),
                arguments: layout + ["--rotate", String((360 - turn) % 360), "--text", text])
        }
    }

    private func line(_ index: Int, paragraphs: [String], random: inout SplitMix64) -> Picture {
        let words = random.element(of: paragraphs).split(separator: " ").filter { $0.allSatisfy(\.isASCII) }
        let length = min(words.count, random.integer(in: 1...3))
        let start = random.integer(in: 0...max(0, words.count - length))
        let text = words[start..<min(words.count, start + length)].joined(separator: " ")
        return Picture(
            file: "line-\(Self.padded(index)).png", label: text,
            arguments: [
                "--font", "\(fonts[index % fonts.count]) \(random.element(of: sizes))", "--margin",
                String(random.integer(in: 4...10)), "--dpi", "96", "--single-par", "--text", text,
            ])
    }

    private static func padded(_ index: Int) -> String {
        let digits = String(index)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
