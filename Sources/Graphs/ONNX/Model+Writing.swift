import Foundation
public import Tensors
import Wire

extension Model {
    /// The largest protobuf message, 2 GiB − 1.
    static let maximumMessageBytes = Int(Int32.max)

    /// The model as the bytes of one ONNX file; tensors as raw little-endian data.
    ///
    /// - Throws: `GraphError` of code `tooLarge` above 2 GiB.
    public func serialized() throws(GraphError) -> Bytes {
        let writer = ONNXWriter.model(self, placing: { _ in nil })
        try Model.checkSize(writer.count, subject: "model '\(graph.name)'")
        return Bytes(concatenating: ONNXWriter.parts(of: writer))
    }

    /// Writes the model to a file; it appears whole or not at all, and may replace the file it was read from.
    ///
    /// - Parameter externalData: whether initializers go to a second file, `NAME.data`.
    /// - Throws: `GraphError` of code `tooLarge` when what must be inline exceeds 2 GiB, `unwritableFile`.
    public func write(to path: String, externalData: ExternalDataPolicy = .automatic) throws(GraphError) {
        switch externalData {
        case .inline: try writeInline(to: path)
        case .beside(let minimumBytes): try writeBeside(to: path, minimumBytes: minimumBytes)
        case .automatic:
            let size = ONNXWriter.model(self, placing: { _ in nil }).count
            if size <= Model.maximumMessageBytes {
                try writeInline(to: path)
            } else {
                try writeBeside(to: path, minimumBytes: 1024)
            }
        }
    }

    private func writeInline(to path: String) throws(GraphError) {
        let writer = ONNXWriter.model(self, placing: { _ in nil })
        try Model.checkSize(writer.count, subject: path)
        try Model.mappingErrors { () throws(TensorError) in
            let file = try AtomicFile(path: path)
            for part in ONNXWriter.parts(of: writer) { try file.write(part) }
            try file.commit()
        }
    }

    private func writeBeside(to path: String, minimumBytes: Int) throws(GraphError) {
        let dataPath = path + ".data"
        let location = URL(fileURLWithPath: dataPath).lastPathComponent
        var plan = ExternalDataPlan(location: location, minimumBytes: minimumBytes)
        let writer = ONNXWriter.model(self, placing: { plan.place($0) })
        try Model.checkSize(writer.count, subject: path)
        try Model.mappingErrors { () throws(TensorError) in
            let file = try AtomicFile(path: path)
            if !plan.placed.isEmpty {
                let data = try AtomicFile(path: dataPath)
                for tensor in plan.placed {
                    try data.pad(to: ExternalDataPlan.alignment(of: tensor.count))
                    try data.write(tensor)
                }
                try data.commit()
            }
            for part in ONNXWriter.parts(of: writer) { try file.write(part) }
            try file.commit()
        }
    }

    private static func checkSize(_ count: Int, subject: String) throws(GraphError) {
        guard count <= maximumMessageBytes else {
            throw GraphError(
                .tooLarge, subject: subject, reason: "it would take \(count) bytes and an ONNX file ends at 2 GiB",
                remedy: "write it to a file with external data")
        }
    }

    private static func mappingErrors(_ body: () throws(TensorError) -> Void) throws(GraphError) {
        do { try body() } catch {
            throw GraphError(.unwritableFile, subject: error.subject, reason: error.reason, remedy: error.remedy)
        }
    }
}
