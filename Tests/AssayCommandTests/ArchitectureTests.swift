import Foundation
import Testing

/// The table in ARCHITECTURE.md and the package must say the same.
@Suite struct ArchitectureTests {
    /// One target as the package or the page describes it.
    struct TargetLine: Equatable {
        var imports: Set<String>
        var layer: Int?
    }

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test func tableEqualsPackage() throws {
        let table = try Self.table()
        let package = try Self.package()
        #expect(Set(table.keys) == Set(package.keys))
        for (name, line) in table {
            #expect(line.imports == package[name]?.imports, "the imports of \(name)")
        }
    }

    @Test func arrowsPointDown() throws {
        let table = try Self.table()
        for (name, line) in table {
            for imported in line.imports {
                guard let lower = table[imported]?.layer, let own = line.layer else { continue }
                #expect(lower <= own, "\(name) in layer \(own) imports \(imported) of layer \(lower)")
            }
        }
    }

    @Test func importsStayInsideTheTable() throws {
        let table = try Self.table()
        let system: Set<String> = [
            "Foundation", "FoundationEssentials", "FoundationNetworking", "Dispatch", "Synchronization", "Glibc",
            "Darwin", "Musl", "Testing",
        ]
        for (name, line) in table {
            let folder = Self.root.appendingPathComponent("Sources/\(name)")
            for file in try Self.swiftFiles(folder) {
                for imported in try Self.imports(file) where !system.contains(imported) {
                    #expect(line.imports.contains(imported), "\(file.lastPathComponent) of \(name) imports \(imported)")
                }
            }
        }
    }

    @Test func sourceFilesStaySmall() throws {
        for folder in ["Sources", "Tests"] {
            for file in try Self.swiftFiles(Self.root.appendingPathComponent(folder)) {
                let lines = try String(contentsOf: file, encoding: .utf8).split(
                    separator: "\n", omittingEmptySubsequences: false
                ).count
                #expect(lines <= 600, "\(file.lastPathComponent) has \(lines) lines")
            }
        }
    }

    @Test func noFoldersDifferByCaseOnly() throws {
        let folders = try FileManager.default.subpathsOfDirectory(
            atPath: Self.root.appendingPathComponent("Sources").path)
        let lowered = Dictionary(grouping: folders, by: { $0.lowercased() })
        #expect(lowered.values.allSatisfy { $0.count == 1 })
    }

    // MARK: - Reading

    static func table() throws -> [String: TargetLine] {
        let page = try String(contentsOf: root.appendingPathComponent("ARCHITECTURE.md"), encoding: .utf8)
        var lines: [String: TargetLine] = [:]
        for row in page.split(separator: "\n") where row.hasPrefix("| ") {
            let cells = row.split(separator: "|", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            guard cells.count == 6, let layer = Int(cells[1]) else { continue }
            let imports = cells[4].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            lines[cells[2].replacingOccurrences(of: "`", with: "")] = TargetLine(
                imports: Set(imports.filter { $0 != "–" }), layer: layer)
        }
        return lines
    }

    static func package() throws -> [String: TargetLine] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["swift", "package", "dump-package", "--scratch-path", ".build-architecture"]
        process.currentDirectoryURL = root
        var environment = ProcessInfo.processInfo.environment
        environment["ASSAY_FOCUS"] = nil
        process.environment = environment
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let description = try JSONDecoder().decode(PackageDescription.self, from: data)
        return Dictionary(
            uniqueKeysWithValues: description.targets.filter { $0.path?.hasPrefix("Sources/") == true }.map {
                ($0.name, TargetLine(imports: Set($0.dependencies.compactMap(\.name)), layer: nil))
            })
    }

    struct PackageDescription: Decodable {
        struct Target: Decodable {
            var name: String
            var path: String?
            var dependencies: [Dependency]
        }
        struct Dependency: Decodable {
            var byName: [String?]?
            var product: [Product?]?
            var name: String? { byName?.first.flatMap(\.self) ?? product?.first.flatMap { $0?.name } }
        }
        /// The first element of `product` is its name; the others are of other types.
        struct Product: Decodable {
            var name: String?
            init(from decoder: any Decoder) throws {
                name = try? decoder.singleValueContainer().decode(String.self)
            }
        }
        var targets: [Target]
    }

    static func swiftFiles(_ folder: URL) throws -> [URL] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }.map {
            folder.appendingPathComponent($0)
        }
    }

    /// The modules that a file imports: its head, since a text further down may hold lines of another language.
    static func imports(_ file: URL) throws -> [String] {
        var modules: [String] = []
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            guard let first = words.first, !first.hasPrefix("//"), !first.hasPrefix("#") else { continue }
            guard let index = words.firstIndex(of: "import"),
                words[..<index].allSatisfy({ $0.hasPrefix("@") || ["public", "package", "internal"].contains($0) })
            else { break }
            // `import struct Records.Record` names the kind first.
            let kinds = ["struct", "class", "enum", "protocol", "func", "typealias", "var", "let"]
            let name = words[(index + 1)...].first { !kinds.contains($0) }
            if let module = name?.split(separator: ".").first { modules.append(String(module)) }
        }
        return modules
    }
}
