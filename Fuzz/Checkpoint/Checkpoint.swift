import Assets
import Foundation
import Tensors

/// Reads bytes as a checkpoint, as a numpy file and as an archive.
///
/// What is refused must be refused by a typed error, and what is accepted as a numpy file must survive a round trip.
/// Anything else traps, which is a finding.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Bytes(copying: UnsafeRawBufferPointer(start: start, count: count))
    _ = try? Checkpoint(bytes, subject: "input")
    if let tensor = try? NumpyFile.read(bytes, subject: "input") {
        guard let written = try? NumpyFile.write(tensor),
            let again = try? NumpyFile.read(written, subject: "written"), again == tensor
        else { fatalError("the round trip changed the array") }
    }
    if let archive = try? ZipArchive(bytes, subject: "input") {
        for member in archive.members { _ = try? archive.read(member, limit: 16 << 20) }
    }
    if let content = try? GzipFile.decompress(bytes, limit: 16 << 20, subject: "input") {
        _ = try? TarArchive(content, subject: "input")
    }
    _ = try? TarArchive(bytes, subject: "input")
    return 0
}
