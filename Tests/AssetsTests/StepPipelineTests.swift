import Assets
import Records
import Foundation
import ImageCodecs
import Specs
import Tensors
import Testing

@Suite struct StepPipelineTests {
    struct Holder: Sendable {
        var preprocess = Pipeline([])
        var postprocess = OutputPipeline([])

        static let spec = SpecObject(
            "holder", "A spec of the test.", initial: Holder(),
            [
                SpecField("preprocess", \.preprocess, Pipeline.type, "Steps."),
                SpecField("postprocess", \.postprocess, OutputPipeline.type, "Steps."),
            ])
    }

    private let yaml = """
        preprocess:
          - decode: {mode: RGB}
          - resize: {width: 4, height: 4, filter: pillow.bicubic}
          - color: BGR
          - normalize: {scale: 0.5, mean: [1, 2, 3], deviation: [2, 4, 5]}
          - layout: NCHW
          - name: data
        postprocess:
          - softmax
          - topK: 5
        """

    @Test func aSpecStatesEveryParameter() throws {
        let document = try Holder.spec.decode(yaml)
        let text = document.effective.yaml
        for stated in [
            #"orientation: "ignore""#, "maxPixels: 89478485", #"order: "BGR""#, #"order: "NCHW""#, #"input: "data""#,
            "count: 5",
        ] {
            #expect(text.contains(stated), "\(stated) is missing in \(text)")
        }
        let again = try Holder.spec.decode(text)
        #expect(again.effective == document.effective)
    }

    @Test func unknownStepsKeysAndWordsAreRefused() throws {
        for wrong in [
            "preprocess: [{resise: {width: 1}}]", "preprocess: [{resize: {width: 1, height: 1, filter: bicubic}}]",
            "preprocess: [{resize: {width: 1, height: 1}}]", "preprocess: [{layout: NCWH}]",
            "preprocess: [{decode: {mode: RGB, colour: 1}}]", "preprocess: [{type: float}]",
            "preprocess: [{normalize: {scale: 1, mean: [0], deviation: [0]}}]",
            "preprocess: [{fileEnds: {begin: 8, end: 8, block: 8, padding: 256}}]",
        ] {
            #expect(throws: SpecErrors.self, "\(wrong)") { try Holder.spec.decode(wrong) }
        }
    }

    @Test func everyStepIsDocumentedAndWritesWhatItReads() throws {
        #expect(StepCatalogue.entries.count == 19)
        #expect(Set(StepCatalogue.entries.map(\.name)).count == StepCatalogue.entries.count)
        for entry in StepCatalogue.entries {
            #expect(!entry.documentation.isEmpty && entry.markdown.contains("### \(entry.name)"))
        }
        let steps: [any Step] = [
            Decode(mode: .gray, orientation: .apply, maxPixels: 9), Resize(width: 1, height: 2, filter: .openCVArea),
            ResizeShorterSide(size: 3, filter: .pillowBox), FitHeight(height: 4, maxWidth: 5, filter: .openCVLinear),
            Letterbox(width: 1, height: 2, filter: .openCVCubic, fill: [1], anchor: .topLeft),
            CenterCrop(width: 1, height: 2), Pad(width: 3, height: 4, fill: [0.5, 1, 2], anchor: .center),
            ConvertColor(order: .bgr), Normalize(scale: 0.25, mean: [1], deviation: [2]),
            Rescale(scale: 2, offset: -1), SetLayout(order: .nhwc), DecodeAudio(channels: .mean, sampleRate: 8000),
            FrameAudio(length: 1, step: 2, context: 3, rest: .drop), ReadText(maxBytes: 7),
            WordPiece(
                vocabulary: "v", lowercase: false, stripAccents: true, maxLength: 9, padding: .maxLength, ids: "i",
                mask: nil, types: "t"),
            FileEnds(begin: 1, middle: 2, end: 3, block: 4, padding: 5), ConvertType(element: .int64),
            Reshape(shape: [2, 3]), NameInput(input: "x"),
        ]
        #expect(steps.count == StepCatalogue.entries.count)
        let pipeline = Pipeline(steps)
        let again = try Holder.spec.decode(Holder.spec.effective(Holder(preprocess: pipeline)).yaml).value.preprocess
        #expect(again.steps.map { AnyHashable($0) } == steps.map { AnyHashable($0) })
    }

    @Test func kindsAreCheckedBeforeAnythingRuns() throws {
        let decode = Decode(mode: .rgb)
        let normalize = Normalize(scale: 1, mean: [0, 0, 0], deviation: [1, 1, 1])
        let layout = SetLayout(order: .nchw)
        #expect(try Pipeline([decode, normalize, layout]).outputKind(of: .file) == .tensors([""]))
        let wrong: [([any Step], SampleKind)] = [
            ([normalize, layout], .file), ([decode], .text), ([decode, layout, decode], .file),
            ([decode, ConvertColor(order: .gray), normalize, layout], .file),
            ([decode, normalize, ConvertColor(order: .bgr), layout], .file), ([decode, SetLayout(order: .nhw)], .file),
            ([decode, Pad(width: 9, height: 9, fill: [0], anchor: .center), layout], .file),
            ([decode, Pad(width: 9, height: 9, fill: [0, 0, 0.5], anchor: .center), layout], .file),
            ([FrameAudio(length: 1, step: 1)], .file), ([NameInput(input: "x")], .tensors(["a", "b"])),
        ]
        for (steps, kind) in wrong {
            #expect(throws: AssetError.self, "\(steps)") { try Pipeline(steps).prepare(for: kind) }
        }
        do throws(AssetError) {
            _ = try Pipeline([decode, normalize]).prepare(for: .file)
            Issue.record("a pipeline that ends with a picture was accepted")
        } catch {
            #expect(error.code == .stepMismatch && error.remedy.contains("layout"))
        }
    }

    @Test func stepsComputeWhatTheySay() throws {
        let image = try Image(width: 2, height: 1, colorOrder: .rgb, pixels: [10, 20, 30, 40, 50, 60])
        let steps: [any Step] = [
            ConvertColor(order: .bgr), Normalize(scale: 0.5, mean: [1, 2, 3], deviation: [2, 4, 5]),
            SetLayout(order: .nchw), NameInput(input: "data"),
        ]
        let tensors = try Pipeline(steps).prepare(for: .image(.rgb))(.image(image), subject: "i")
        #expect(tensors[0].name == "data" && tensors[0].tensor.shape == [3, 1, 2])
        #expect(try tensors[0].tensor.values(of: Float.self) == [7, 14.5, 2, 5.75, 0.4, 3.4])
        let bytes = try Pipeline([SetLayout(order: .nhwc), ConvertType(element: .int64), Reshape(shape: [6])])
            .prepare(for: .image(.rgb))(.image(image), subject: "i")
        #expect(try bytes[0].tensor.values(of: Int64.self) == [10, 20, 30, 40, 50, 60])
        let batch = try Batch.assemble([bytes, bytes])
        #expect(batch[0].tensor.shape == [2, 6])
        #expect(try Batch.assemble([bytes, bytes], joining: .concatenate)[0].tensor.shape == [12])
        let other = [NamedTensor(name: "", tensor: Tensor([1 as Int64]))]
        #expect(throws: AssetError.self) { try Batch.assemble([bytes, other]) }
        #expect(throws: AssetError.self) { try Batch.assemble([]) }
    }

    @Test func sizesFollowTheirRules() throws {
        func size(_ step: any Step, _ width: Int, _ height: Int) throws -> [Int] {
            let pixels = [UInt8](repeating: 7, count: width * height)
            let image = try Image(width: width, height: height, colorOrder: .gray, pixels: pixels)
            guard case .image(let result) = try step.prepare(.none).apply(.image(image), subject: "i") else {
                return []
            }
            return [result.width, result.height]
        }
        #expect(try size(ResizeShorterSide(size: 10, filter: .pillowBox), 33, 20) == [16, 10])
        #expect(try size(ResizeShorterSide(size: 10, filter: .pillowBox), 20, 33) == [10, 16])
        #expect(try size(FitHeight(height: 48, maxWidth: 320, filter: .openCVLinear), 100, 31) == [155, 48])
        #expect(try size(FitHeight(height: 48, maxWidth: 320, filter: .openCVLinear), 900, 31) == [320, 48])
        #expect(try size(CenterCrop(width: 3, height: 2), 8, 5) == [3, 2])
        #expect(throws: AssetError.self) { try size(CenterCrop(width: 9, height: 2), 8, 5) }
        #expect(
            try size(Letterbox(width: 12, height: 12, filter: .pillowBox, fill: [0], anchor: .center), 24, 10) == [
                12, 12,
            ])
        #expect(throws: AssetError.self) { try size(Pad(width: 4, height: 9, fill: [0], anchor: .center), 8, 5) }
    }

    @Test func typesSaturateAndRound() throws {
        let tensor = Tensor([-1.5, 0.5, 1.5, 2.5, 300, .nan, .infinity] as [Float])
        let named = Sample.tensors([NamedTensor(name: "", tensor: tensor)])
        guard case .tensors(let made) = try ConvertType(element: .uint8).prepare(.none).apply(named, subject: "") else {
            return
        }
        #expect(try made[0].tensor.values(of: UInt8.self) == [0, 0, 2, 2, 255, 0, 255])
    }
}
