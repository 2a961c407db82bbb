import Records
extension ZooEntry {
    private static let sileroWheel = Artifact(
        kind: .wheel, name: "silero-vad", version: "6.2.3", filename: "silero_vad-6.2.3-py3-none-any.whl",
        sha256: .pinned("7b7f5436cfcb02fae583a05b512ea96467fd449fe54cb49a5e4f06c51a1e43b8"))

    private static func silero(
        _ name: String, file: String, sha256: Digest, opset: Int, outputs: [String], notes: String
    ) -> ZooEntry {
        ZooEntry(
            name: name, version: "6.2.3", summary: "speech or not, 32 ms at a time", task: .speechDetection,
            recipe: .shipped(PinnedMember(sileroWheel, path: "silero_vad/data/\(file)", sha256: sha256)),
            sha256: sha256, opset: opset, inputs: ["input: f32[N,T]", "state: f32[2,N,128]", "sr: i64[]"],
            outputs: outputs,
            license: LicenseStatement("MIT", "the package's LICENSE file, copyright Silero Team"),
            origin: "https://github.com/snakers4/silero-vad", notes: notes)
    }

    /// Both rates, chosen by If.
    static let sileroVAD = silero(
        "silero-vad", file: "silero_vad.onnx",
        sha256: .pinned("1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3"), opset: 16,
        outputs: ["output: f32[N,1]", "stateN: f32[2,N,128]"],
        notes: "16 or 8 kHz; 512 samples after 64 of context, so T = 576 at 16 kHz; the state is carried over")

    /// The same network for 16 kHz alone, exported for operator set 15.
    static let sileroVAD16k = silero(
        "silero-vad-16k-op15", file: "silero_vad_16k_op15.onnx",
        sha256: .pinned("7ed98ddbad84ccac4cd0aeb3099049280713df825c610a8ed34543318f1b2c49"), opset: 15,
        outputs: ["output: f32[N,1]", "stateN: f32[2,N,128]"],
        notes: "16 kHz; 512 samples after 64 of context, so T = 576; the state is carried over")
}
