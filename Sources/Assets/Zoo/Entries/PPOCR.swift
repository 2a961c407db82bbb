import Records
extension ZooEntry {
    private static let rapidOCRWheel = Artifact(
        kind: .wheel, name: "rapidocr-onnxruntime", version: "1.4.4",
        filename: "rapidocr_onnxruntime-1.4.4-py3-none-any.whl",
        sha256: .pinned("971d7d5f223a7a808662229df1ef69893809d8457d834e6373d3854bc1782cbf"))

    private static func ppocr(
        _ name: String, summary: String, task: Task, file: String, sha256: Digest, opset: Int, input: String,
        output: String, notes: String
    ) -> ZooEntry {
        ZooEntry(
            name: name, version: "1.4.4", summary: summary, task: task,
            recipe: .shipped(PinnedMember(rapidOCRWheel, path: "rapidocr_onnxruntime/models/\(file)", sha256: sha256)),
            sha256: sha256, opset: opset, inputs: [input], outputs: [output],
            license: LicenseStatement("Apache-2.0", "the package's metadata; PaddleOCR's models are Apache-2.0 too"),
            origin: "PaddleOCR, by way of https://github.com/RapidAI/RapidOCR", notes: notes)
    }

    /// Finds text in a picture.
    static let ppocrDetection = ppocr(
        "ppocr-v4-det", summary: "where text stands in a picture", task: .textDetection,
        file: "ch_PP-OCRv4_det_infer.onnx",
        sha256: .pinned("d2a7720d45a54257208b1e13e36a8479894cb74155a5efe29462512d42f49da9"), opset: 12,
        input: "x: f32[N,3,H,W]", output: "sigmoid_0.tmp_0: f32[N,1,H,W]",
        notes: "BGR, H and W multiples of 32, (x / 255 - 0.5) / 0.5")

    /// Reads a line of text.
    static let ppocrRecognition = ppocr(
        "ppocr-v4-rec", summary: "a line of Chinese or English text", task: .textRecognition,
        file: "ch_PP-OCRv4_rec_infer.onnx",
        sha256: .pinned("48fc40f24f6d2a207a2b1091d3437eb3cc3eb6b676dc3ef9c37384005483683b"), opset: 12,
        input: "x: f32[N,3,48,W]", output: "softmax_11.tmp_0: f32[N,T,6625]",
        notes: "BGR, height 48, (x / 255 - 0.5) / 0.5; CTC over the characters in the model's metadata, blank first")

    /// Tells whether a line stands on its head; the model is of PP-OCR version 2.
    static let ppocrOrientation = ppocr(
        "ppocr-v2-cls", summary: "whether a line of text stands on its head", task: .textOrientation,
        file: "ch_ppocr_mobile_v2.0_cls_infer.onnx",
        sha256: .pinned("e47acedf663230f8863ff1ab0e64dd2d82b838fceb5957146dab185a89d6215c"), opset: 11,
        input: "x: f32[N,3,H,W]", output: "save_infer_model/scale_0.tmp_1: f32[N,2]",
        notes: "BGR, 48x192, (x / 255 - 0.5) / 0.5")
}
