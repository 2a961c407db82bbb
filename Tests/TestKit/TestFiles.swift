public import Foundation

/// The folder of data files beside a test, `Tests/XTests/NAME`.
public func testFolder(_ name: String, testFile: String = #filePath) -> URL {
    URL(fileURLWithPath: testFile).deletingLastPathComponent().appendingPathComponent(name)
}
