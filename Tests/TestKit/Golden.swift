import Foundation
public import Testing

/// Expects text to equal the golden file `Goldens/NAME` beside the test; `UPDATE_GOLDEN=1` writes the file instead, which
/// is refused where `CI` is set.
public func expectGolden(
    _ text: String, _ name: String, testFile: String = #filePath, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let folder = URL(fileURLWithPath: testFile).deletingLastPathComponent().appendingPathComponent("Goldens")
    try expect(text, equals: folder.appendingPathComponent(name), name, sourceLocation)
}

/// Expects generated text to equal the page `Documentation/NAME`; `UPDATE_GOLDEN=1` writes the page instead.
public func expectPage(
    _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    try expect(text, equals: Repository.root.appendingPathComponent("Documentation/\(name)"), name, sourceLocation)
}

private func expect(_ text: String, equals file: URL, _ name: String, _ sourceLocation: SourceLocation) throws {
    let environment = ProcessInfo.processInfo.environment
    if environment["UPDATE_GOLDEN"] == "1" {
        #expect(environment["CI"] == nil, "goldens are not rewritten in CI", sourceLocation: sourceLocation)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: file, atomically: true, encoding: .utf8)
        return
    }
    guard let golden = try? String(contentsOf: file, encoding: .utf8) else {
        Issue.record("there is no golden \(name); UPDATE_GOLDEN=1 writes it", sourceLocation: sourceLocation)
        return
    }
    guard golden != text else { return }
    let (old, new) = (
        golden.split(separator: "\n", omittingEmptySubsequences: false),
        text.split(separator: "\n", omittingEmptySubsequences: false)
    )
    let line = zip(old, new).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(old.count, new.count)
    let expected = old.indices.contains(line) ? String(old[line]) : "the end"
    let found = new.indices.contains(line) ? String(new[line]) : "the end"
    Issue.record(
        "\(name), line \(line + 1): expected '\(expected)', found '\(found)'; UPDATE_GOLDEN=1 rewrites it",
        sourceLocation: sourceLocation)
}
