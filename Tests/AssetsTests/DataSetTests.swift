import Assets
import Records
import Foundation
import ImageCodecs
import Specs
import Tensors
import Testing

@Suite struct DataSetTests {
    private func idx(_ shape: [Int], _ content: [UInt8]) -> [UInt8] {
        [0, 0, 8, UInt8(shape.count)]
            + shape.flatMap { extent in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: extent >> $0) } } + content
    }

    private func code(_ source: any DataSource, in folder: String) -> AssetError.Code? {
        do throws(AssetError) {
            _ = try source.open(relativeTo: folder)
            return nil
        } catch { return error.code }
    }

    @Test func aFolderPerClass() async throws {
        let files: [String: [UInt8]] = [
            "photos/cat/b.jpg": [1], "photos/cat/a.JPG": [2], "photos/dog/x/deep.png": [3], "photos/dog/notes.txt": [4],
            "photos/.hidden/c.jpg": [5], "photos/loose.jpg": [6],
        ]
        try await StepGoldens.withFolder(files) { folder in
            let data = try FolderPerClass(path: "photos").open(relativeTo: folder)
            #expect(data.count == 3 && data.classNames == ["cat", "dog"] && data.kind == .file)
            let items = try (0..<3).map { try data.item(at: $0) }
            #expect(items.map(\.name) == ["cat/a.JPG", "cat/b.jpg", "dog/x/deep.png"])
            #expect(items.map(\.label) == [.index(0), .index(0), .index(1)])
            let turned = try FolderPerClass(path: "photos", classes: ["dog", "cat"]).open(relativeTo: folder)
            #expect(try turned.item(at: 0).label == .index(1))
            #expect(try data.contentHash() != turned.contentHash())
            #expect(try data.contentHash() == FolderPerClass(path: "photos").open(relativeTo: folder).contentHash())
            #expect(code(FolderPerClass(path: "photos", classes: ["cat"]), in: folder) == .invalidLabel)
            #expect(code(FolderPerClass(path: "photos", extensions: ["gif"]), in: folder) == .emptyDataSet)
            #expect(code(FolderPerClass(path: "absent"), in: folder) == .unreadableFile)
            #expect(throws: AssetError.self) { try data.item(at: 3) }
        }
    }

    @Test func labelsInFileNames() async throws {
        let files: [String: [UInt8]] = ["imagenet_00_243.jpg": [1], "imagenet_01_5.jpg": [2], "readme.jpg": [3]]
        try await StepGoldens.withFolder(files) { folder in
            let source = LabelledNames(path: ".", pattern: "imagenet_*_{label}.jpg", classCount: 1000)
            let data = try source.open(relativeTo: folder)
            #expect(try (0..<data.count).map { try data.item(at: $0).label } == [.index(243), .index(5)])
            #expect(
                code(LabelledNames(path: ".", pattern: "imagenet_*_{label}.jpg", classCount: 100), in: folder)
                    == .invalidLabel)
            #expect(code(LabelledNames(path: ".", pattern: "x{label}"), in: folder) == .emptyDataSet)
            #expect(code(LabelledNames(path: ".", pattern: "none"), in: folder) == .invalidParameter)
            let words = try LabelledNames(path: ".", pattern: "{label}.jpg").open(relativeTo: folder)
            #expect(try words.item(at: 2).label == .text("readme"))
        }
    }

    @Test func tablesOfFilesAndTexts() async throws {
        let files: [String: [UInt8]] = [
            "t/list.csv": Array("\u{FEFF}path,label\r\n\"a,b.txt\",1\r\n\r\nc.txt,0\r\n".utf8), "t/a,b.txt": [65],
            "t/c.txt": [66],
            "texts.tsv": Array("x\ty\nskip\tskip\nhe said \"hi\"\tneg\nfine\tpos\n".utf8),
            "quoted.csv": Array("\"two\nlines\",\"a \"\"word\"\"\"\n".utf8), "open.csv": Array("\"never closed".utf8),
            "lines.txt": Array("first, line\nsecond".utf8), "short.csv": Array("a,b\n1\n".utf8),
            "none.csv": Array("a,b\n".utf8),
        ]
        try await StepGoldens.withFolder(files) { folder in
            let list = try TableOfSamples(
                path: "t/list.csv", content: .files, column: "path", label: "label", classCount: 2
            )
            .open(relativeTo: folder)
            guard case .file(let file) = try list.item(at: 0).sample else { return }
            #expect(list.count == 2 && file.bytes.array == [65])
            #expect(try list.item(at: 1).label == .index(0))
            let texts = try TableOfSamples(
                path: "texts.tsv", content: .texts, column: "x", label: "y", delimiter: .tab, quotes: false, skip: 1,
                classes: ["neg", "pos"]
            ).open(relativeTo: folder)
            #expect(try texts.item(at: 0).sample == .text(SampleText("he said \"hi\"")))
            #expect(try texts.item(at: 1).label == .index(1))
            let pair = try TableOfSamples(path: "quoted.csv", content: .texts, column: "0", second: "1", header: false)
                .open(relativeTo: folder)
            #expect(try pair.item(at: 0).sample == .text(SampleText("two\nlines", "a \"word\"")))
            let lines = try TableOfSamples(
                path: "lines.txt", content: .texts, column: "0", delimiter: .none, header: false
            )
            .open(relativeTo: folder)
            #expect(lines.count == 2 && lines.kind == .text)
            #expect(
                code(TableOfSamples(path: "open.csv", content: .texts, column: "0", header: false), in: folder)
                    == .malformed)
            #expect(code(TableOfSamples(path: "short.csv", content: .texts, column: "b"), in: folder) == .malformed)
            #expect(code(TableOfSamples(path: "none.csv", content: .texts, column: "b"), in: folder) == .emptyDataSet)
            #expect(code(TableOfSamples(path: "short.csv", content: .texts, column: "z"), in: folder) == .notFound)
            #expect(
                code(
                    TableOfSamples(path: "t/list.csv", content: .files, column: "path", label: "label", classCount: 1),
                    in: folder)
                    == .invalidLabel)
        }
    }

    @Test func idxPicturesWithLabels() async throws {
        let pictures = idx([2, 2, 3], Array(0..<12))
        let files: [String: [UInt8]] = [
            "images": pictures, "labels": idx([2], [1, 0]), "wrong": idx([3], [1, 0, 1]),
            "short": Array(pictures.dropLast()),
            "huge": [0, 0, 8, 3] + [UInt8](repeating: 255, count: 12), "empty": idx([0, 2, 3], []),
        ]
        try await StepGoldens.withFolder(files) { folder in
            let data = try IDXFiles(images: "images", labels: "labels", classCount: 2).open(relativeTo: folder)
            let expected = try Image(width: 3, height: 2, colorOrder: .gray, pixels: [6, 7, 8, 9, 10, 11])
            #expect(try data.item(at: 1).sample == .image(expected) && data.item(at: 0).label == .index(1))
            #expect(code(IDXFiles(images: "images", labels: "labels", classCount: 1), in: folder) == .invalidLabel)
            #expect(code(IDXFiles(images: "images", labels: "wrong"), in: folder) == .invalidLabel)
            #expect(code(IDXFiles(images: "short"), in: folder) == .malformed)
            #expect(code(IDXFiles(images: "huge"), in: folder) == .malformed)
            #expect(code(IDXFiles(images: "labels"), in: folder) == .malformed)
            #expect(code(IDXFiles(images: "empty"), in: folder) == .emptyDataSet)
        }
    }

    @Test func numpyArrays() throws {
        let folder = try StepGoldens.path("")
        let data = try NumpyArrays(
            path: "arrays.npz", inputs: [NumpyArrays.Input(input: "images", array: "x")], labels: "y", classCount: 3
        ).open(relativeTo: folder)
        let item = try data.item(at: 3)
        guard case .tensors(let tensors) = item.sample else { return }
        #expect(data.count == 4 && tensors[0].name == "images" && tensors[0].tensor.shape == [2, 3])
        #expect(try tensors[0].tensor.values(of: Float.self) == [18, 19, 20, 21, 22, 23] && item.label == .index(1))
        #expect(try NumpyArrays(path: "arrays.npz", labels: "y").open(relativeTo: folder).kind == .tensors([""]))
        #expect(code(NumpyArrays(path: "arrays.npz"), in: folder) == .notFound)
        #expect(code(NumpyArrays(path: "arrays.npz", labels: "y", classCount: 2), in: folder) == .invalidLabel)
    }

    @Test func syntheticInputsDependOnTheSeedAlone() throws {
        func source(_ seed: Int) throws -> any DataSet {
            try SyntheticInputs(
                inputs: [
                    SpecNamed("x", .init(type: .float32, shape: [3, 8], low: -1, high: 1)),
                    SpecNamed("n", .init(type: .int64, shape: [50], low: 3, high: 5)),
                ], count: 4, seed: seed
            ).open(relativeTo: "")
        }
        let (first, again, other) = (try source(1), try source(1), try source(2))
        #expect(try first.item(at: 2).sample == again.item(at: 2).sample)
        #expect(try first.item(at: 2).sample != first.item(at: 3).sample)
        #expect(try first.item(at: 2).sample != other.item(at: 2).sample)
        #expect(try first.contentHash() != other.contentHash())
        guard case .tensors(let tensors) = try first.item(at: 0).sample else { return }
        let reals = try tensors[0].tensor.values(of: Float.self)
        #expect(reals.allSatisfy { (-1...1).contains($0) } && reals.contains { $0 < 0 })
        #expect(Set(try tensors[1].tensor.values(of: Int64.self)) == [3, 4, 5])
    }

    @Test func everySourceCanBeDeclared() throws {
        struct Holder: Sendable { var data: any DataSource = FileList(path: "") }
        let spec = SpecObject(
            "holder", "A spec of the test.", initial: Holder(), [.required("data", \.data, DataCatalogue.type, "Data.")]
        )
        for text in [
            "folder: {path: a}", "labelledNames: {path: a, pattern: 'x_{label}.png'}",
            "files: {path: a, extensions: [wav]}",
            "table: {path: a, content: texts, column: text}", "idx: {images: a, labels: b, classCount: 10}",
            "numpy: {path: a.npz, inputs: {x: images}, labels: y}",
            "synthetic: {inputs: {x: {type: f32, shape: [3]}}, count: 2, seed: 1}",
        ] {
            let document = try spec.decode("data: {\(text)}")
            #expect(try spec.decode(document.effective.yaml).effective == document.effective, "\(text)")
        }
        #expect(throws: SpecErrors.self) { try spec.decode("data: {labelledNames: {path: a, pattern: b}}") }
        #expect(DataCatalogue.markdown.count == 7)
    }
}
