import Assets
import Records
import Studies
import Tensors
import Testing

@Suite struct TaskTests {
    private func outputs(_ values: [Float], _ shape: Shape) throws -> [NamedTensor] {
        [NamedTensor(name: "y", tensor: try Tensor(values, shape: shape))]
    }

    // MARK: - Classification

    @Test func ranksTheLargestFirstAndTiesByIndex() throws {
        let task = ClassificationTask(top: [1, 3])
        let answer = try task.answer(outputs: outputs([0.1, 0.7, 0.7, -1, .nan], [1, 5]), inputs: [])
        #expect(answer == .ranked([1, 2, 0]))
    }

    @Test func countsTopKWithAWilsonInterval() throws {
        let task = ClassificationTask(top: [1, 5])
        // 18 of 20 right at once, one more among the first five, one wrong.
        let samples = (0..<20).map { index in
            ScoredSample(
                name: "\(index)", label: "7",
                answer: .ranked(index < 18 ? [7, 1, 2, 3, 4] : index == 18 ? [1, 2, 7, 3, 4] : [0, 1, 2, 3, 4]))
        }
        let metrics = task.score(samples)
        let top1 = try #require(metrics.first { $0.name == "accuracy.top1" })
        #expect(top1.value == 0.9)
        #expect(top1.count == 20)
        // Wilson 95 % for 18 of 20, as R's binom::binom.confint prints it: 0.6989664, 0.9721335.
        #expect(abs((top1.interval?.lower ?? 0) - 0.6989664) < 1e-6)
        #expect(abs((top1.interval?.upper ?? 0) - 0.9721335) < 1e-6)
        #expect(metrics.first { $0.name == "accuracy.top5.correct" }?.value == 19)
    }

    @Test func acceptsTheNamesThatALabelStandsFor() throws {
        let task = ClassificationTask(top: [1], classNames: ["c", "cpp", "jpeg"], accepted: ["h": ["c", "cpp"]])
        let samples = [
            ScoredSample(name: "a.h", label: "h", answer: .ranked([1])),
            ScoredSample(name: "b.h", label: "h", answer: .ranked([2])),
            ScoredSample(name: "c.jpeg", label: "jpeg", answer: .ranked([2])),
        ]
        #expect(task.score(samples).first { $0.name == "accuracy.top1.correct" }?.value == 2)
    }

    @Test func aSampleThatCouldNotBeReadCountsAsWrong() throws {
        let samples = [
            ScoredSample(name: "0", label: "1", answer: nil), ScoredSample(name: "1", label: "1", answer: .ranked([1])),
        ]
        #expect(ClassificationTask(top: [1]).score(samples).first?.value == 0.5)
    }

    @Test func refusesScoresThatDoNotFitTheNames() throws {
        let task = ClassificationTask(top: [1], classNames: ["a", "b", "c"])
        #expect(throws: StudyError.self) { try task.answer(outputs: outputs([1, 2], [1, 2]), inputs: []) }
    }

    // MARK: - Transcription

    @Test func mergesRepetitionsAndDropsBlanks() throws {
        let task = TranscriptionTask(characters: ["a", "b"])
        // Steps: a a blank a b b, which reads "aab".
        let steps: [[Float]] = [[0, 1, 0], [0, 1, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 1]]
        let answer = try task.answer(outputs: outputs(steps.flatMap(\.self), [1, 6, 3]), inputs: [])
        #expect(answer == .text("aab"))
    }

    @Test func countsExactTextsAndCharacterErrors() throws {
        let task = TranscriptionTask(characters: [])
        let metrics = task.score([
            ScoredSample(name: "0", label: "kitten", answer: .text("sitting")),
            ScoredSample(name: "1", label: "abcd", answer: .text("abcd")),
        ])
        #expect(metrics.first { $0.name == "accuracy.exact" }?.value == 0.5)
        // Levenshtein's distance of kitten and sitting is 3; the labels have ten letters.
        #expect(metrics.first { $0.name == "error.characters" }?.value == 0.3)
    }

    // MARK: - Embedding

    @Test func poolsOnlyWhatTheMaskKeeps() throws {
        let mask = NamedTensor(name: "attention_mask", tensor: try Tensor([Int64(1), 1, 0], shape: [1, 3]))
        let answer = try EmbeddingTask().answer(
            outputs: outputs([3, 0, 0, 4, 100, 100], [1, 3, 2]), inputs: [mask])
        guard case .vector(let vector) = answer else {
            Issue.record("no vector")
            return
        }
        #expect(abs(vector[0] - 0.6) < 1e-6 && abs(vector[1] - 0.8) < 1e-6)
    }

    @Test func aNearestNeighbourOfTheGroupIsRight() throws {
        let samples = [
            ScoredSample(name: "0", label: "x", answer: .vector([1, 0])),
            ScoredSample(name: "1", label: "x", answer: .vector([0.9, 0.1])),
            ScoredSample(name: "2", label: "y", answer: .vector([0, 1])),
        ]
        // The third sentence has no neighbour of its group.
        #expect(EmbeddingTask().score(samples).first { $0.name.hasSuffix("correct") }?.value == 2)
    }
}
