import Assets
import Foundation
import Tensors
import Testing

@Suite struct StepFileEndsTests {
    struct Case: Decodable {
        let file: Data
        let begin: Int
        let middle: Int
        let end: Int
        let block: Int
        let features: [Int32]
    }

    @Test func equalsMagikasOwnExtraction() throws {
        let cases = try StepGoldens.json("magika.json", as: [Case].self)
        #expect(cases.count == 27)
        for golden in cases {
            let step = FileEnds(
                begin: golden.begin, middle: golden.middle, end: golden.end, block: golden.block, padding: 256)
            let file = SampleFile(name: "f", bytes: Bytes(copying: golden.file))
            guard case .tensors(let tensors) = try step.apply(.file(file), subject: "f") else {
                Issue.record("no tensors")
                continue
            }
            #expect(try tensors[0].tensor.values(of: Int32.self) == golden.features, "\([UInt8](golden.file))")
        }
    }
}
