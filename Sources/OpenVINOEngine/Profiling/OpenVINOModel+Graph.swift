import COpenVINO
import Engines
import Tensors

extension OpenVINOModel {
    /// The graph that the model was compiled from; the library writes it to a file, weights and all.
    ///
    /// - Throws: `EngineError`.
    func compiledGraph() throws(EngineError) -> CompiledGraph {
        let file = try NamelessFile(subject: name)
        try runtime.check(runtime.functions.exportModel(handle, file.path), subject: "\(name), its graph")
        let bytes: Bytes
        do { bytes = try Bytes(mapping: file.path) } catch {
            throw EngineError(.runFailed, subject: name, reason: "its exported graph cannot be read: \(error.reason)")
        }
        return bytes.withUnsafeBytes { buffer in
            guard let text = Self.text(buffer) else { return CompiledGraph([]) }
            return CompiledGraph(buffer[text])
        }
    }

    /// Where the text of the network lies between weights: the library puts it last.
    private static func text(_ bytes: UnsafeRawBufferPointer) -> Range<Int>? {
        let (begin, end) = (Array("<net ".utf8), Array("</net>".utf8))
        var place = bytes.count - end.count
        while place >= 0, !matches(bytes, place, end) { place -= 1 }
        guard place >= 0 else { return nil }
        let stop = place + end.count
        while place >= 0, !matches(bytes, place, begin) { place -= 1 }
        return place >= 0 ? place..<stop : nil
    }

    private static func matches(_ bytes: UnsafeRawBufferPointer, _ place: Int, _ pattern: [UInt8]) -> Bool {
        guard bytes[place] == pattern[0], place + pattern.count <= bytes.count else { return false }
        return bytes[place..<(place + pattern.count)].elementsEqual(pattern)
    }
}
