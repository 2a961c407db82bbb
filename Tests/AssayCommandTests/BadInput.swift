import Assets
import Foundation
import Records
import TestKit
import Testing

/// One kind of wrong input: how it is made, the command that meets it, and the status it must end with.
struct BadInput: Sendable, CustomTestStringConvertible {
    let name: String
    let arguments: [String]
    var status: Int32 = 2
    var environment: @Sendable (AssayProgram) -> [String: String] = { _ in [:] }
    var prepare: @Sendable (AssayProgram) throws -> Void = { _ in }

    var testDescription: String { name }

    private static let plain = ["--offline", "--engine", "native"]

    static let all: [BadInput] =
        files + comparisons + specs + versions + models + data + hashes + replays + usage + costs + traces

    // MARK: - Files

    private static let files = [
        BadInput(name: "no-such-model", arguments: ["evaluate", "absent.onnx"] + plain),
        BadInput(name: "no-such-zoo-model", arguments: ["evaluate", "mobilnet-v2"] + plain),
        BadInput(name: "no-such-spec", arguments: ["evaluate", "absent.yaml"] + plain),
        BadInput(name: "no-such-model-hallmark", arguments: ["absent.onnx"] + plain),
        BadInput(
            name: "folder-as-model", arguments: ["inspect", "folder.onnx"],
            prepare: {
                try FileManager.default.createDirectory(
                    atPath: $0.file("folder.onnx"), withIntermediateDirectories: true)
            }),
        BadInput(
            name: "not-onnx-text", arguments: ["evaluate", "text.onnx"] + plain,
            prepare: { try $0.write("This is a letter, and no model at all.\n", to: "text.onnx") }),
        BadInput(
            name: "not-onnx-empty", arguments: ["evaluate", "empty.onnx"] + plain,
            prepare: { try $0.write("", to: "empty.onnx") }),
        BadInput(
            name: "truncated-onnx", arguments: ["evaluate", "cut.onnx"] + plain,
            prepare: { program in
                try program.copyModel("affine")
                let whole = try Data(contentsOf: URL(fileURLWithPath: program.file("affine.onnx")))
                try whole.prefix(100).write(to: URL(fileURLWithPath: program.file("cut.onnx")))
            }),
    ]

    // MARK: - Comparisons and gates

    private static let comparisons = [
        BadInput(
            name: "compare-one-side", arguments: ["compare", "affine.onnx"] + plain,
            prepare: { try $0.copyModel("affine") }),
        BadInput(
            name: "compare-wrong-gate",
            arguments: ["compare", "affine.onnx", "affine.onnx", "--gate", "latency.p99 <= 3 furlongs"] + plain,
            prepare: { try $0.copyModel("affine") }),
        BadInput(
            name: "compare-gate-of-nothing",
            arguments: ["compare", "affine.onnx", "affine.onnx", "--gate", "accuracy.top1 >= 70%"] + plain,
            prepare: { try $0.copyModel("affine") }),
        BadInput(
            name: "compare-model-with-record", arguments: ["compare", "record.json", "affine.onnx"] + plain,
            prepare: { try $0.copyModel("affine") }),
        BadInput(name: "compare-wrong-side", arguments: ["compare", "--side", "model.onnx native threads=many"]),
        BadInput(
            name: "compare-junit-without-gate", arguments: ["compare", "a.onnx", "b.onnx", "--junit", "gates.xml"]),
        BadInput(name: "gate-no-such-file", arguments: ["gate", "absent.yaml"]),
        BadInput(
            name: "gate-without-baseline", arguments: ["gate", "gates.yaml", "--offline"],
            prepare: {
                try $0.write("evaluate: {models: a.onnx}\ngates: {fast: latency.p99 <= 1.05}\n", to: "gates.yaml")
            }),
        BadInput(
            name: "gate-baseline-of-nothing", arguments: ["gate", "gates.yaml", "--offline"],
            prepare: {
                try $0.write(
                    "evaluate: {models: a.onnx}\ngates: {fast: latency.p99 <= 1.05}\nbaseline: {budget: 5 s}\n",
                    to: "gates.yaml")
            }),
        BadInput(
            name: "gate-baseline-record-and-model", arguments: ["gate", "gates.yaml", "--offline"],
            prepare: {
                try $0.write(
                    "evaluate: {models: a.onnx}\ngates: {fast: latency.p99 <= 1.05}\n"
                        + "baseline: {record: a.json, model: b.onnx}\n", to: "gates.yaml")
            }),
        BadInput(
            name: "gate-baseline-is-candidate", arguments: ["gate", "gates.yaml", "--offline", "--quiet"],
            prepare: {
                try $0.copyModel("affine")
                try $0.write(
                    "evaluate: {models: affine.onnx, stacks: native}\ngates: {fast: latency.median <= 1.05}\n"
                        + "baseline: {stack: native}\n", to: "gates.yaml")
            }),
        BadInput(
            name: "gate-ratio-of-nothing", arguments: ["gate", "gates.yaml", "--offline"],
            prepare: {
                try $0.write(
                    "evaluate: {models: a.onnx}\ngates: {fast: warmup.time <= 1.05}\nbaseline: a.json\n",
                    to: "gates.yaml")
            }),
    ]

    // MARK: - The COST

    private static let costs = [
        BadInput(name: "cost-of-nothing", arguments: ["cost"]),
        BadInput(name: "cost-of-two-things", arguments: ["cost", "affine.onnx", "--table", "table.csv"]),
        BadInput(name: "cost-no-threads", arguments: ["cost", "affine.onnx", "--threads", "1,0"]),
        BadInput(
            name: "cost-no-machine",
            arguments: ["cost", "affine.onnx", "--machines", "here,shh:node1"] + plain,
            prepare: { try $0.copyModel("affine") }),
        BadInput(name: "cost-no-bound", arguments: ["cost", "affine.onnx", "--bound", "soon"]),
        BadInput(name: "cost-no-price", arguments: ["cost", "affine.onnx", "--price", "two=1"]),
        BadInput(
            name: "cost-price-gap",
            arguments: ["cost", "affine.onnx", "--threads", "1,2", "--price", "1=0.05"] + plain,
            prepare: { try $0.copyModel("affine") }),
        BadInput(name: "cost-no-such-table", arguments: ["cost", "--table", "absent.csv"]),
        BadInput(
            name: "cost-no-single-thread", arguments: ["cost", "--table", "table.csv"],
            prepare: { try $0.write("system,cores,seconds\nSpark,128,857\n", to: "table.csv") }),
        BadInput(
            name: "cost-no-such-opponent", arguments: ["cost", "--table", "table.csv", "--against", "laptop"],
            prepare: { try $0.write("system,cores,seconds,baseline\nSpark,128,857,\npc,1,300,yes\n", to: "table.csv") }
        ),
        BadInput(
            name: "cost-spec-key", arguments: ["cost", "cost.yaml"],
            prepare: { try $0.write("model: affine.onnx\nthread: [1, 2]\n", to: "cost.yaml") }),
    ]

    // MARK: - Specs and versions

    private static let specs = [
        BadInput(
            name: "unknown-spec-key", arguments: ["evaluate", "spec.yaml", "--offline"],
            prepare: { try $0.write("models: affine.onnx\nstaks: native\n", to: "spec.yaml") }),
        BadInput(
            name: "several-spec-errors", arguments: ["evaluate", "spec.yaml", "--offline"],
            prepare: { try $0.write("models: affine.onnx\nsede: 1\nmeasure: {rounds: 1}\n", to: "spec.yaml") }),
    ]

    private static let versions = [
        BadInput(
            name: "unsatisfiable-native", arguments: ["evaluate", "affine.onnx", "--offline", "--engine", "native@3"],
            prepare: { try $0.copyModel("affine") }),
        BadInput(
            name: "unsatisfiable-index", arguments: ["evaluate", "affine.onnx", "--engine", "onnxruntime@9.9"],
            environment: { ["PATH": $0.file("bin") + ":/usr/bin:/bin"] },
            prepare: { program in
                try program.copyModel("affine")
                try FakePython(versions: ["1.19.2", "1.20.0", "1.20.1"]).install(in: program)
            }),
        BadInput(
            name: "engine-settings-open",
            arguments: ["evaluate", "affine.onnx", "--engine", "calibration{latency=1ms"],
            prepare: { try $0.copyModel("affine") }),
        BadInput(name: "selftest-no-such-part", arguments: ["selftest", "--parts", "truth,speed"]),
        BadInput(name: "selftest-few-pairs", arguments: ["selftest", "--pairs", "2"]),
        BadInput(
            name: "unknown-engine", arguments: ["evaluate", "affine.onnx", "--offline", "--engine", "onnxruntim"],
            prepare: { try $0.copyModel("affine") }),
    ]

    // MARK: - Models and inputs

    private static let models = [
        BadInput(
            name: "unsupported-operator", arguments: ["evaluate", "unknown-operator.onnx", "--json"] + plain, status: 3,
            prepare: { try $0.copyModel("unknown-operator") }),
        BadInput(
            name: "wrong-shape", arguments: ["evaluate", "affine.onnx", "--shape", "x=1x2"] + plain,
            prepare: { try $0.copyModel("affine") }),
        BadInput(
            name: "shape-of-no-input", arguments: ["evaluate", "affine.onnx", "--shape", "z=2x3"] + plain,
            prepare: { try $0.copyModel("affine") }),
        BadInput(
            name: "shape-unreadable", arguments: ["evaluate", "affine.onnx", "--shape", "x=2xthree"] + plain,
            prepare: { try $0.copyModel("affine") }),
        BadInput(
            name: "run-without-input", arguments: ["run", "affine.onnx", "--offline"],
            prepare: { try $0.copyModel("affine") }),
        BadInput(
            name: "run-wrong-input", arguments: ["run", "affine.onnx", "--offline", "--input", "y=3"],
            prepare: { try $0.copyModel("affine") }),
        BadInput(
            name: "run-no-such-array", arguments: ["run", "affine.onnx", "--offline", "--input", "x=absent.npy"],
            prepare: { try $0.copyModel("affine") }),
    ]

    // MARK: - Data

    private static let photos = """
        models:
          - model: affine.onnx
            preprocess: [{decode: {mode: RGB}}, {normalize: {scale: 1.0, mean: [0, 0, 0], deviation: [1, 1, 1]}}, {layout: NCHW}]
        data: {source: {folder: {path: photos}}}

        """

    private static let data = [
        BadInput(
            name: "empty-data-set", arguments: ["evaluate", "spec.yaml"] + plain,
            prepare: { program in
                try program.copyModel("affine")
                try program.write(photos, to: "spec.yaml")
                try FileManager.default.createDirectory(
                    atPath: program.file("photos/cat"), withIntermediateDirectories: true)
            }),
        BadInput(
            name: "no-such-data", arguments: ["evaluate", "spec.yaml"] + plain,
            prepare: { program in
                try program.copyModel("affine")
                try program.write(photos, to: "spec.yaml")
            }),
        BadInput(
            name: "unreadable-photo", arguments: ["evaluate", "spec.yaml"] + plain,
            prepare: { program in
                try program.copyModel("affine")
                try program.write(photos, to: "spec.yaml")
                try program.write("no photo, only words", to: "photos/cat/broken.jpg")
            }),
    ]

    // MARK: - Hashes and usage

    private static let hashes = [
        BadInput(
            name: "wrong-hash-download", arguments: ["provision", "--engine", "native"],
            environment: { ["PATH": $0.file("bin") + ":/usr/bin:/bin"] },
            prepare: { try FakePython(wheel: "not the wheel that was pinned").install(in: $0) }),
        BadInput(
            name: "wrong-hash-model", arguments: ["evaluate", "mobilenet-v2"] + plain,
            prepare: { program in
                // A file under the hash of a model of the zoo that has other contents: it is never used.
                let hash = try ModelZoo.entry(named: "mobilenet-v2").sha256.hex
                try program.write("not the model", to: "home/models/\(hash)/mobilenet-v2.onnx")
            }),
        BadInput(
            name: "wrong-hash-record", arguments: ["records", "import", "record.json"],
            prepare: { program in
                var archive = try SampleRecord.archive().json()
                guard var blobs = archive["blobs"]?.object, let first = blobs.keys.min() else { return }
                blobs[first] = .string(Data("changed!".utf8).base64EncodedString())
                archive["blobs"] = .object(blobs)
                try program.write(archive.canonical, to: "record.json")
            }),
    ]

    private static let replays = [
        BadInput(name: "replay-no-such-file", arguments: ["records", "replay", "absent.json"]),
        BadInput(name: "replay-no-such-record", arguments: ["records", "replay", "20260101-000000"]),
        BadInput(
            name: "replay-not-a-record", arguments: ["records", "replay", "text.json"],
            prepare: { try $0.write("no record\n", to: "text.json") }),
        BadInput(
            name: "replay-tampered", arguments: ["records", "replay", "record.json"],
            prepare: { program in
                var archive = try SampleRecord.archive().json()
                guard var blobs = archive["blobs"]?.object, let first = blobs.keys.min() else { return }
                blobs[first] = .string(Data("changed!".utf8).base64EncodedString())
                archive["blobs"] = .object(blobs)
                try program.write(archive.canonical, to: "record.json")
            }),
        BadInput(
            name: "replay-other-study", arguments: ["records", "replay", "record.json"],
            prepare: { program in
                var archive = SampleRecord.archive()
                archive.record.study = "bench"
                try program.write(archive.json().canonical, to: "record.json")
            }),
        BadInput(name: "replay-no-value", arguments: ["records", "replay", "record.json", "--set", "seed"]),
        BadInput(
            name: "replay-missing-model", arguments: ["records", "replay", "record.json", "--offline"],
            prepare: { try $0.write(Self.replayable.json().canonical, to: "record.json") }),
    ]

    /// A complete record of an evaluation whose model is nowhere.
    private static var replayable: RecordArchive {
        get throws {
            let spec = """
                {"title": "Lost", "models": [{"model": "lost.onnx"}], "stacks": [{"engine": "native"}]}
                """
            var record = Record(
                id: RecordID(rawValue: "20260729-101112-4f3a9c"), study: "evaluate", title: "Lost", tool: "assay 0.1.0",
                spec: try JSONCoding.parse(spec), lock: ["schema": "assay.lock/1", "stacks": []],
                ingredients: [Ingredient(.model, name: "lost", digest: SHA256.digest(of: "lost"))],
                machine: SampleRecord.machine, seed: 1)
            record.outcomes = [Outcome(stack: "native 0.1.0", .completed, labels: [Label.model: "lost"])]
            return RecordArchive(record)
        }
    }

    private static let usage = [
        BadInput(name: "unknown-option", arguments: ["evaluate", "affine.onnx", "--jsn"]),
        BadInput(name: "missing-argument", arguments: ["evaluate"]),
        BadInput(name: "bench-no-such-part", arguments: ["bench", "affine.onnx", "--parts", "time,sped"]),
        BadInput(name: "bench-no-batch", arguments: ["bench", "affine.onnx", "--batch", ","]),
        BadInput(name: "load-nothing", arguments: ["load"]),
        BadInput(name: "load-no-such-scenario", arguments: ["load", "affine.onnx", "--scenario", "server,stream"]),
        BadInput(name: "load-no-such-arrivals", arguments: ["load", "affine.onnx", "--arrivals", "poison"]),
        BadInput(name: "load-bound-without-unit", arguments: ["load", "affine.onnx", "--bound", "50"]),
        BadInput(name: "load-rate-without-bound", arguments: ["load", "affine.onnx", "--find-rate"]),
        BadInput(
            name: "load-trace-out-of-order",
            arguments: ["load", "affine.onnx", "--scenario", "server", "--arrivals", "trace.csv"] + plain,
            prepare: { program in
                try program.copyModel("affine")
                try program.write("seconds\n0.5\n0.25\n", to: "trace.csv")
            }),
        BadInput(
            name: "load-spec-errors", arguments: ["load", "load.yaml", "--offline"],
            prepare: { try $0.write("model: affine.onnx\nscenarios: sever\nfindRate: yes please\n", to: "load.yaml") }),
        BadInput(
            name: "stability-no-such-precision", arguments: ["stability", "affine.onnx", "--precisions", "f32,f8"]),
        BadInput(
            name: "stability-reference-beyond-stacks",
            arguments: ["stability", "affine.onnx", "--engine", "native", "--reference", "2", "--offline"]),
        BadInput(name: "conformance-quick", arguments: ["engines", "--conformance", "--quick"]),
        BadInput(name: "soak-with-page", arguments: ["optimize", "--soak", "3", "--html", "page.html"]),
        BadInput(name: "optimize-threads", arguments: ["optimize", "affine.onnx", "--threads", "2"]),
        BadInput(
            name: "optimize-shape-of-no-input",
            arguments: ["optimize", "affine.onnx", "--shape", "y=1x2", "--offline"],
            prepare: { try $0.copyModel("affine") }),
        BadInput(name: "no-threads", arguments: ["evaluate", "affine.onnx", "--threads", "0"] + plain),
        BadInput(name: "no-engine-named", arguments: ["evaluate", "affine.onnx", "--engine", ","]),
        BadInput(name: "unwritable-report", arguments: ["evaluate", "affine.onnx", "--html", "absent/report.html"]),
        BadInput(name: "no-such-record", arguments: ["records", "show", "20260101-000000"]),
        BadInput(
            name: "not-a-record", arguments: ["records", "import", "text.json"],
            prepare: { try $0.write("no record\n", to: "text.json") }),
        BadInput(name: "no-claims", arguments: ["claims", "--folder", "absent"]),
    ]
}
