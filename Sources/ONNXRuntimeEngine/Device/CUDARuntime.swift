import Engines
import Foundation

/// The functions of CUDA's run-time library that move memory, from the library that the provider itself uses.
///
/// The declarations are those of the CUDA Runtime API; every function returns 0 or the number of an error.
final class CUDARuntime: @unchecked Sendable {
    private typealias Count = @convention(c) (UnsafeMutablePointer<Int32>) -> Int32
    private typealias Choose = @convention(c) (Int32) -> Int32
    private typealias Allocate = @convention(c) (UnsafeMutablePointer<UnsafeMutableRawPointer?>, Int) -> Int32
    private typealias Free = @convention(c) (UnsafeMutableRawPointer?) -> Int32
    private typealias Copy = @convention(c) (UnsafeMutableRawPointer?, UnsafeRawPointer?, Int, Int32) -> Int32
    private typealias Wait = @convention(c) () -> Int32
    private typealias Words = @convention(c) (Int32) -> UnsafePointer<CChar>?

    /// The way of a copy (`cudaMemcpyKind`).
    private enum Way {
        static let toDevice: Int32 = 1
        static let toHost: Int32 = 2
    }

    private static let subject = "\(ONNXRuntimeFactory.engineName) on cuda"

    private let count: Count
    private let choose: Choose
    private let allocate: Allocate
    private let release: Free
    private let copy: Copy
    private let wait: Wait
    private let words: Words

    /// Opens a library.
    ///
    /// - Throws: `EngineError` of code `unavailable`.
    init(_ path: String) throws(EngineError) {
        let library = try DynamicLibrary(path, engine: Self.subject)
        count = try library.function("cudaGetDeviceCount", engine: Self.subject)
        choose = try library.function("cudaSetDevice", engine: Self.subject)
        allocate = try library.function("cudaMalloc", engine: Self.subject)
        release = try library.function("cudaFree", engine: Self.subject)
        copy = try library.function("cudaMemcpy", engine: Self.subject)
        wait = try library.function("cudaDeviceSynchronize", engine: Self.subject)
        words = try library.function("cudaGetErrorString", engine: Self.subject)
    }

    /// How many devices there are.
    ///
    /// - Throws: `EngineError` of code `unavailable` with the library's own words where there is none.
    func deviceCount() throws(EngineError) -> Int {
        var number: Int32 = 0
        let status = count(&number)
        guard status == 0, number > 0 else {
            throw EngineError(
                .unavailable, subject: Self.subject,
                reason: "there is no CUDA device: \(status == 0 ? "none is visible" : text(status))",
                remedy: "check the driver with: nvidia-smi")
        }
        return Int(number)
    }

    /// Chooses the device of the calling thread.
    func choose(_ device: Int) throws(EngineError) { try check(choose(Int32(clamping: device)), "cudaSetDevice") }

    /// Memory on the device.
    func allocate(_ byteCount: Int) throws(EngineError) -> UnsafeMutableRawPointer {
        var memory: UnsafeMutableRawPointer?
        try check(allocate(&memory, max(byteCount, 1)), "cudaMalloc of \(byteCount) bytes")
        guard let memory else {
            throw EngineError(.runFailed, subject: Self.subject, reason: "cudaMalloc gave nothing")
        }
        return memory
    }

    func free(_ memory: UnsafeMutableRawPointer) { _ = release(memory) }

    func send(_ source: UnsafeRawPointer, to device: UnsafeMutableRawPointer, count: Int) throws(EngineError) {
        try check(copy(device, source, count, Way.toDevice), "cudaMemcpy to the device")
    }

    func fetch(_ device: UnsafeRawPointer, to target: UnsafeMutableRawPointer, count: Int) throws(EngineError) {
        try check(copy(target, device, count, Way.toHost), "cudaMemcpy from the device")
    }

    /// Waits until the device has done all that it was given: copies from pageable memory and kernels are under way when
    /// their calls return.
    func synchronize() throws(EngineError) { try check(wait(), "cudaDeviceSynchronize") }

    private func check(_ status: Int32, _ call: @autoclosure () -> String) throws(EngineError) {
        guard status != 0 else { return }
        throw EngineError(.runFailed, subject: Self.subject, reason: "\(call()): \(text(status))")
    }

    private func text(_ status: Int32) -> String {
        words(status).map { String(cString: $0) } ?? "error \(status)"
    }
}
