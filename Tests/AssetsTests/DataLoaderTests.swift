import Assets
import Records
import Foundation
import ImageCodecs
import Synchronization
import Tensors
import Testing

@Suite struct DataLoaderTests {
    /// Samples that hold their own number, take a while, and fail where asked.
    struct Slow: DataSet {
        final class Log: Sendable {
            let running = Atomic<Int>(0)
            let most = Atomic<Int>(0)
            let started = Atomic<Int>(0)
        }

        let count: Int
        let broken: Set<Int>
        let pause: TimeInterval
        let log = Log()
        var kind: SampleKind { .tensors([""]) }
        var classNames: [String] { [] }

        func name(of index: Int) -> String { "number \(index)" }

        func item(at index: Int) throws(AssetError) -> DataItem {
            log.started.add(1, ordering: .relaxed)
            let now = log.running.add(1, ordering: .relaxed).newValue
            log.most.max(now, ordering: .relaxed)
            defer { log.running.subtract(1, ordering: .relaxed) }
            // Earlier samples take longer, so that they would arrive last if order were not kept.
            Thread.sleep(forTimeInterval: pause * (index % 3 == 0 ? 3 : 1))
            guard !broken.contains(index) else {
                throw AssetError(.unusableSample, subject: name(of: index), reason: "it is broken")
            }
            let tensor = NamedTensor(name: "", tensor: Tensor([Int64(index)]))
            return DataItem(name: name(of: index), sample: .tensors([tensor]), label: .index(index))
        }

        func contentHash() throws(AssetError) -> Digest { SHA256.hash(Bytes(copying: [UInt8(count)])) }
    }

    private func pipeline() throws -> PreparedPipeline {
        try Pipeline([ConvertType(element: .float32)]).prepare(for: .tensors([""]))
    }

    @Test(arguments: [(1, 1), (2, 3), (3, 8), (8, 2)]) func keepsOrderAndBounds(threads: Int, prefetch: Int)
        async throws
    {
        let data = Slow(count: 20, broken: [], pause: 0.001)
        let run = Loader(data: data, pipeline: try pipeline(), threads: threads, prefetch: prefetch).start()
        var seen: [Int] = []
        while let sample = try await run.nextSample() {
            #expect(try sample.inputs.get()[0].tensor.values(of: Float.self) == [Float(sample.index)])
            seen.append(sample.index)
            #expect(data.log.started.load(ordering: .relaxed) <= seen.count + 1 + prefetch)
        }
        #expect(seen == Array(0..<20))
        #expect(data.log.most.load(ordering: .relaxed) <= min(threads, prefetch))
        #expect(run.times.delivered == 20 && run.times.reading >= .milliseconds(20))
        #expect(run.times.steps.map(\.name) == ["type"])
        #expect(try await run.nextSample() == nil)
    }

    @Test func failsInOrderOrCountsAsUnanswered() async throws {
        let data = Slow(count: 9, broken: [2, 3], pause: 0.001)
        let strict = Loader(data: data, pipeline: try pipeline(), policy: .fail).start()
        #expect(try await strict.nextSample()?.index == 0)
        #expect(try await strict.nextSample()?.index == 1)
        await #expect(throws: AssetError.self) { try await strict.nextSample() }
        #expect(try await strict.nextSample() == nil)
        let lenient = Loader(data: data, pipeline: try pipeline(), indices: [3, 1, 2], policy: .unanswered).start()
        var answered: [Bool] = []
        while let sample = try await lenient.nextSample() {
            answered.append((try? sample.inputs.get()) != nil)
            if case .failure(let error) = sample.inputs { #expect(error.subject == sample.name) }
        }
        #expect(answered == [false, true, false])
    }

    @Test func loadingOverlapsWithTheConsumer() async throws {
        let data = Slow(count: 12, broken: [], pause: 0.004)
        let run = Loader(data: data, pipeline: try pipeline(), threads: 2, prefetch: 6).start()
        while try await run.nextSample() != nil { try await Task.sleep(for: .milliseconds(30)) }
        let overlap = try #require(run.times.overlap)
        // One after the other would overlap by nothing; on a busy machine loading waits for the processor too.
        #expect(overlap > 0.1, "\(run.times)")
        #expect(run.times.consuming >= .milliseconds(300))
    }

    @Test func cancellationStopsLoading() async throws {
        let data = Slow(count: 1000, broken: [], pause: 0.002)
        let run = Loader(data: data, pipeline: try pipeline(), threads: 2, prefetch: 4).start()
        _ = try await run.nextSample()
        run.cancel()
        #expect(try await run.nextSample() == nil)
        try await Task.sleep(for: .milliseconds(30))
        #expect(data.log.started.load(ordering: .relaxed) <= 6)
    }

    @Test(.enabled(if: ImageCodec.unavailability(of: .png) == nil, "needs libpng16-16"))
    func anUnreadablePhotoIsNamedAndTheOthersGoOn() async throws {
        let good = try Image(width: 3, height: 2, colorOrder: .rgb, pixels: (0..<18).map { UInt8($0 * 14) })
        let png = try ImageCodec.encodePNG(good).array
        let files: [String: [UInt8]] = [
            "photos/a/good.png": png, "photos/a/half.png": Array(png.prefix(60)), "photos/b/text.png": Array("no".utf8),
            "photos/b/good.png": png,
        ]
        try await StepGoldens.withFolder(files) { folder in
            let data = try FolderPerClass(path: "photos").open(relativeTo: folder)
            let steps: [any Step] = [
                Decode(mode: .rgb), Resize(width: 3, height: 2, filter: .pillowBicubic),
                Normalize(scale: 1, mean: [0, 0, 0], deviation: [1, 1, 1]), SetLayout(order: .nhwc),
            ]
            let run = Loader(data: data, pipeline: try Pipeline(steps).prepare(for: data.kind), policy: .unanswered)
                .start()
            var unanswered: [String] = []
            var answered: [Int?] = []
            while let sample = try await run.nextSample() {
                switch sample.inputs {
                case .success(let inputs):
                    let values = try inputs[0].tensor.values(of: Float.self)
                    #expect(values == good.pixels.map { Float($0) })
                    if case .index(let label) = sample.label { answered.append(label) }
                case .failure(let error): unanswered.append(error.description)
                }
            }
            #expect(answered == [0, 1] && unanswered.count == 2)
            #expect(unanswered[0].hasPrefix("a/half.png: the PNG file ends before"))
            #expect(
                unanswered[1].hasPrefix(
                    "b/text.png: it is neither a JPEG, PNG, WebP, JPEG 2000, BMP, PNM nor TIFF file"))
        }
    }
}
