import Foundation
import Records

/// Room on the volume of the Assay home, asked for before much is written to it.
package enum FreeSpace {
    /// What stays free for everything else on the machine.
    private static let reserve = 256 << 20

    /// Bytes that may still be written; `nil` where the system does not tell.
    package static func available(in home: AssayHome) -> Int? {
        var folder = home.path
        while !FileManager.default.fileExists(atPath: folder), folder.count > 1 {
            folder = (folder as NSString).deletingLastPathComponent
        }
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: folder)
        return (attributes?[.systemFreeSize] as? NSNumber)?.intValue
    }

    /// Makes sure that so many bytes fit.
    ///
    /// - Throws: `AssetError` of code `insufficientSpace`.
    package static func require(_ bytes: Int, for subject: String, in home: AssayHome) throws(AssetError) {
        guard let free = available(in: home), bytes + reserve > free else { return }
        throw AssetError(
            .insufficientSpace, subject: subject,
            reason:
                "it takes \(MetricUnit.bytes.format(Double(bytes))) and \(home.path) has \(MetricUnit.bytes.format(Double(free))) left",
            remedy: "free some with: assay cache --prune --kind downloads, or set ASSAY_HOME to a larger volume")
    }
}
