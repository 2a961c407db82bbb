import Foundation
import Tensors
import TestKit
import Testing

@Suite("Files that appear whole or not at all")
struct AtomicFileTests {
    private func files(_ folder: TemporaryFolder) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    @Test("A committed file has its content, and nothing else is left")
    func commits() throws {
        let folder = try TemporaryFolder()
        let file = try AtomicFile(path: folder.file("a"))
        try file.write(Bytes(copying: [1, 2, 3]))
        try file.pad(to: 8)
        try file.write(Bytes(copying: EmptyCollection()))
        try file.write(Bytes(copying: [9]))
        #expect(file.count == 9)
        #expect(try files(folder) != ["a"])
        try file.commit()
        #expect(try files(folder) == ["a"])
        #expect(try Bytes(mapping: folder.file("a")).array == [1, 2, 3, 0, 0, 0, 0, 0, 9])
    }

    @Test("What is not committed leaves no trace, and the old file stays")
    func discards() throws {
        let folder = try TemporaryFolder()
        try Data([7]).write(to: URL(fileURLWithPath: folder.file("a")))
        do {
            let file = try AtomicFile(path: folder.file("a"))
            try file.write(Bytes(copying: [1]))
        }
        #expect(try files(folder) == ["a"])
        #expect(try Bytes(mapping: folder.file("a")).array == [7])
    }

    @Test("A mapped file keeps its content when it is replaced")
    func replaces() throws {
        let folder = try TemporaryFolder()
        try Data([7, 8]).write(to: URL(fileURLWithPath: folder.file("a")))
        let old = try Bytes(mapping: folder.file("a"))
        let file = try AtomicFile(path: folder.file("a"))
        try file.write(Bytes(concatenating: [old, old]))
        try file.commit()
        #expect(old.array == [7, 8])
        #expect(try Bytes(mapping: folder.file("a")).array == [7, 8, 7, 8])
    }

    @Test("A folder that is not there is an error that names the file")
    func noFolder() {
        let error = #expect(throws: TensorError.self) { try AtomicFile(path: "/nonexistent-folder/a") }
        #expect(error?.code == .unwritableFile)
        #expect(error?.subject == "/nonexistent-folder/a")
    }
}

@Suite("Shapes")
struct ShapeTests {
    @Test("Strides and indices, also where an extent is 0 and others are huge")
    func strides() {
        #expect(Shape([2, 3, 4]).strides == [12, 4, 1])
        #expect(Shape([2, 3, 4]).index(ofElement: 17) == [1, 1, 1])
        #expect(Shape([]).strides == [] && Shape([]).index(ofElement: 0) == [])
        #expect(Shape([0, 1 << 40, 1 << 40]).checkedElementCount == 0)
        #expect(Shape([0, 1 << 40, 1 << 40]).strides.count == 3)
        #expect(Shape([1 << 40, 1 << 40]).checkedElementCount == nil)
        #expect(Shape([-1]).checkedElementCount == nil)
    }
}
