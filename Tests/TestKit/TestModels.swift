public import Engines
import Foundation

/// Tiny models that the standard's own library wrote (`Models/make-models.py`).
public enum TestModels {
    /// The folder that holds them.
    public static var folder: String { Bundle.module.bundlePath + "/Models" }

    /// A model by its file name without extension, with its folder for external data.
    public static func source(_ name: String) throws -> ModelSource {
        try ModelSource(contentsOf: "\(folder)/\(name).onnx")
    }
}
