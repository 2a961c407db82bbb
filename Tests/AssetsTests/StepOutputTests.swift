import Assets
import Tensors
import Testing

@Suite struct StepOutputTests {
    @Test func softmaxOfLargeScoresIsFinite() {
        let result = Softmax.apply([1000, 1001, 999])
        // e^-1 / (1 + e^-1 + e^-2) and its kin.
        for (value, expected) in zip(result, [0.24472847, 0.66524096, 0.09003057] as [Float]) {
            #expect(abs(value - expected) < 1e-6)
        }
        #expect(Softmax.apply([]).isEmpty)
    }

    @Test func topKIsStableAndPutsNaNLast() {
        let entries = TopK.select([1, .nan, 3, 3, 0], count: 9, labels: ["a", "b", "c"])
        #expect(entries.map(\.index) == [2, 3, 0, 4, 1])
        #expect(entries[0].label == "c" && entries[1].label == nil)
        #expect(TopK.argmax([.nan, 1, 1]) == 1 && TopK.argmax([.nan]) == nil)
    }

    @Test func ctcDropsBlanksAndRepetitions() throws {
        let decoder = CTCDecoder(paddleCharacters: "a\nb\n")
        #expect(decoder.characters == ["", "a", "b", " "])
        let path = [1, 1, 0, 1, 2, 3, 3, 0, 2]
        let scores = path.flatMap { best in (0..<4).map { $0 == best ? Float(0.7) : 0.1 } }
        let reading = try decoder.decode(scores, steps: path.count)
        #expect(reading.text == "aab b" && abs(reading.confidence - 0.7) < 1e-6)
        #expect(try decoder.decode([], steps: 0).text.isEmpty)
        #expect(throws: AssetError.self) { try decoder.decode([1, 2, 3], steps: 1) }
        #expect(throws: AssetError.self) { try decoder.decode([], steps: Int.max) }
    }

    @Test func charactersMayComeFromTheModel() throws {
        let resources = StepResources.none.adding(modelMetadata: ["character": "x\ny"])
        let ready = try OutputPipeline([ReadCharacters(characters: "model:character")]).prepare(resources: resources)
        let output = try Tensor([0, 0, 1, 0, 0, 1, 0, 0] as [Float], shape: [1, 2, 4])
        #expect(
            try ready(output, samples: [[]]) == [
                .text(CTCDecoder(characters: ["", "x", "y", " "]).decode([0, 0, 1, 0, 0, 1, 0, 0], steps: 2))
            ])
        #expect(throws: AssetError.self) {
            try OutputPipeline([ReadCharacters(characters: "model:other")]).prepare(resources: resources)
        }
    }

    @Test func poolingFollowsTheMask() throws {
        let pooled = try Embedding.meanPool([1, 2, 3, 4, 100, 100], mask: [1, 1, 0], width: 2)
        #expect(pooled == [2, 3])
        #expect(try Embedding.meanPool([1, 2], mask: [0], width: 2) == [0, 0])
        let unit = Embedding.normalized([3, 4])
        #expect(abs(unit[0] - 0.6) < 1e-6 && abs(unit[1] - 0.8) < 1e-6)
        #expect(abs((Embedding.cosine([1, 0], [1, 1]) ?? 0) - 0.5.squareRoot()) < 1e-12)
        #expect(Embedding.cosine([1], [1, 2]) == nil && Embedding.cosine([0], [1]) == 0)
        #expect(throws: AssetError.self) { try Embedding.meanPool([1], mask: [1, 1], width: 2) }
    }

    @Test func pipelinesPredictEachSample() throws {
        let output = try Tensor([0, 2, 1, 5, 3, 4] as [Float], shape: [2, 3])
        let ready = try OutputPipeline([ApplySoftmax(), TakeTopK(count: 2)]).prepare()
        let predictions = try ready(output, samples: [[], []])
        guard case .classes(let first) = predictions[0], case .classes(let second) = predictions[1] else {
            Issue.record("no classes")
            return
        }
        #expect(first.map(\.index) == [1, 2] && second.map(\.index) == [0, 2])
        #expect(throws: AssetError.self) { try ready(output, samples: [[]]) }
        let mask = NamedTensor(name: "attention_mask", tensor: Tensor([1, 0] as [Int64]))
        let tokens = try Tensor([3, 4, 9, 9] as [Float], shape: [1, 2, 2])
        let pooled = try OutputPipeline([PoolTokens(normalize: true)]).prepare()(tokens, samples: [[mask]])
        #expect(pooled == [.vector([0.6, 0.8])])
        let odd = NamedTensor(name: "attention_mask", tensor: Tensor([1, .nan] as [Float]))
        #expect(try OutputPipeline([PoolTokens(normalize: true)]).prepare()(tokens, samples: [[odd]]) == pooled)
        let decided = try OutputPipeline([ApplyThreshold(value: 3, index: 1)]).prepare()(output, samples: [[], []])
        #expect(decided == [.decision(isPositive: false, score: 2), .decision(isPositive: true, score: 3)])
        #expect(throws: AssetError.self) {
            try OutputPipeline([ApplyThreshold(value: 3, index: 9)]).prepare()(output, samples: [[], []])
        }
        #expect(throws: AssetError.self) {
            try OutputPipeline([TakeTopK(count: 1), ApplySoftmax()]).prepare()(output, samples: [[], []])
        }
    }
}
