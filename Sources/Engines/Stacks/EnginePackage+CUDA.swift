import Assets

extension EnginePackage {
    /// ONNX Runtime with its CUDA provider, and the libraries of NVIDIA's that it names as extras, as it does from 1.21 on.
    static let onnxRuntimeCUDA = EnginePackage(
        engine: "onnxruntime", package: "onnxruntime-gpu", pinned: nil, oldest: PackageVersion("1.21"), device: .cuda,
        extras: ["cuda", "cudnn"], libraryPackages: ["nvidia-"],
        form: .libraries(members: [
            "onnxruntime/capi/libonnxruntime.so.*", "onnxruntime/capi/libonnxruntime_providers_shared.so",
            "onnxruntime/capi/libonnxruntime_providers_cuda.so", "onnxruntime/LICENSE",
            "onnxruntime/ThirdPartyNotices.txt", "nvidia/*/lib/lib*.so*",
        ]), isVersioned: true, systemPackage: nil)

    /// PyTorch as the Python index has it, which asks for CUDA by itself.
    static let pyTorchCUDA = EnginePackage(
        engine: "pytorch", package: "torch", pinned: nil, avoided: "cpu", device: .cuda,
        form: .python(script: .pytorch, with: ["onnx", "numpy", "setuptools"], alone: ["onnx2torch==1.5.15"]),
        isVersioned: true, systemPackage: nil)

    /// JAX with its plug-in for CUDA 12.
    static let jaxCUDA = EnginePackage(
        engine: "jax", package: "jax", pinned: nil, device: .cuda, extras: ["cuda12"],
        form: .python(script: .jax, with: ["jaxonnxruntime==0.3.0", "onnx", "absl-py"], alone: []), isVersioned: true,
        systemPackage: nil)
}
