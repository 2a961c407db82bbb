import Assets
import Foundation
import Tensors
import Testing

@Suite struct AudioTests {
    private func sound(_ name: String) throws -> Bytes { try Bytes(mapping: StepGoldens.path("sounds/" + name)) }

    @Test func samplesEqualNumpys() throws {
        let expected = try StepGoldens.json("audio.json", as: [String: [[Float]]].self)
        #expect(expected.count == 6)
        for (name, channels) in expected {
            let clip = try WAVFile.decode(sound(name), subject: name)
            #expect(clip.sampleRate == 16000 && clip.frameCount == 90, "\(name)")
            #expect(clip.channels == channels, "\(name)")
        }
    }

    @Test func truncationsAndOtherFilesAreErrors() throws {
        let whole = try sound("i16.wav")
        for count in 0..<whole.count {
            let part = try #require(whole.slice(0..<count))
            #expect(throws: AssetError.self, "cut at \(count)") { try WAVFile.decode(part, subject: "s") }
        }
        var law = whole.array
        law[20] = 7
        #expect(throws: AssetError.self) { try WAVFile.decode(Bytes(copying: law), subject: "s") }
    }

    @Test(arguments: 0..<4) func mutationsNeverTrap(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let names = ["u8.wav", "i16.wav", "i24.wav", "f64.wav"]
        let files = try names.map { try sound($0).array }
        for _ in 0..<500 {
            var file = generator.element(of: files)
            for _ in 0...generator.integer(in: 0...4) {
                file[generator.integer(in: 0...min(60, file.count - 1))] = UInt8(generator.integer(in: 0...255))
            }
            let clip = try? WAVFile.decode(Bytes(copying: file), subject: "s")
            #expect(clip.map { $0.frameCount * $0.channels.count <= file.count } ?? true, "seed \(seed)")
        }
    }

    @Test func stepMixesAndChecksTheRate() throws {
        let file = Sample.file(SampleFile(name: "s", bytes: try sound("f32.wav")))
        let clip = try WAVFile.decode(sound("f32.wav"), subject: "s")
        let first = try DecodeAudio(channels: .first, sampleRate: 16000).apply(file, subject: "s")
        #expect(first == .audio(AudioClip(sampleRate: 16000, channels: [clip.channels[0]])))
        let mean = try DecodeAudio(channels: .mean, sampleRate: 16000).apply(file, subject: "s")
        let expected = zip(clip.channels[0], clip.channels[1]).map { ($0 + $1) * 0.5 }
        #expect(mean == .audio(AudioClip(sampleRate: 16000, channels: [expected])))
        #expect(throws: AssetError.self) {
            try DecodeAudio(channels: .mean, sampleRate: 8000).apply(file, subject: "s")
        }
    }

    @Test func framesCarryTheirContext() throws {
        let clip = Sample.audio(AudioClip(sampleRate: 8, channels: [[1, 2, 3, 4, 5, 6, 7]]))
        func values(_ step: FrameAudio) throws -> [[Float]] {
            guard case .tensors(let tensors) = try step.apply(clip, subject: "s") else { return [] }
            let all = try tensors[0].tensor.values(of: Float.self)
            let width = step.context + step.length
            return stride(from: 0, to: all.count, by: width).map { Array(all[$0..<($0 + width)]) }
        }
        #expect(try values(FrameAudio(length: 3, step: 3)) == [[1, 2, 3], [4, 5, 6], [7, 0, 0]])
        #expect(try values(FrameAudio(length: 3, step: 3, rest: .drop)) == [[1, 2, 3], [4, 5, 6]])
        #expect(
            try values(FrameAudio(length: 3, step: 3, context: 2)) == [
                [0, 0, 1, 2, 3], [2, 3, 4, 5, 6], [5, 6, 7, 0, 0],
            ])
        #expect(try values(FrameAudio(length: 4, step: 2, rest: .drop)) == [[1, 2, 3, 4], [3, 4, 5, 6]])
        #expect(try values(FrameAudio(length: 2, step: 5)) == [[1, 2], [6, 7]])
        #expect(try values(FrameAudio(length: 2, step: 6)) == [[1, 2], [7, 0]])
        #expect(try values(FrameAudio(length: 2, step: 9)) == [[1, 2]])
        #expect(throws: AssetError.self) { try values(FrameAudio(length: 8, step: 1, rest: .drop)) }
    }
}
