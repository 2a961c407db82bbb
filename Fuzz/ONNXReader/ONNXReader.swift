import Foundation
import Graphs
import Tensors

/// Reads bytes as a model and does with it all that does not need to know operators.
///
/// What the reader accepts must survive a round trip unchanged; what it refuses must be refused by a typed error. Anything
/// else traps, which is a finding.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Bytes(copying: UnsafeRawBufferPointer(start: start, count: count))
    let limits = ReadLimits(maximumDecodedBytes: 16 << 20)
    guard let model = try? Model(bytes: bytes, baseDirectory: "/nonexistent", limits: limits) else { return 0 }
    _ = model.problems()
    _ = model.canonicalText
    _ = model.lowestSufficientIRVersion
    guard let written = try? model.serialized(),
        let again = try? Model(bytes: written, limits: ReadLimits(maximumDecodedBytes: 256 << 20))
    else { fatalError("what was read cannot be written and read again") }
    guard again == model else { fatalError("the round trip changed the model") }
    let inlining = InliningLimits(maximumNodes: 2000, maximumDepth: 32, maximumNameBytes: 1 << 20)
    if let inlined = try? model.inlined(limits: inlining), model.problems(limit: 1).isEmpty {
        guard let problem = inlined.problems(limit: 1).first else { return 0 }
        fatalError("inlining broke a valid model: \(problem)")
    }
    var graph = model.graph
    graph.removeUnused()
    try? graph.sortNodes()
    return 0
}
