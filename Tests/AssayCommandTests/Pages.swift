import Foundation
import TestKit

/// The Markdown pages of the project.
enum Pages {
    /// Their paths below the root, sorted.
    static let all: [String] = {
        let root = Repository.root
        let folders = ["", "Documentation", "Examples", "Workloads", "Claims", "Fuzz", "Scripts"]
        return folders.flatMap { folder -> [String] in
            let place = folder.isEmpty ? root : root.appendingPathComponent(folder)
            let names =
                folder.isEmpty
                ? try? FileManager.default.contentsOfDirectory(atPath: place.path)
                : try? FileManager.default.subpathsOfDirectory(atPath: place.path)
            return (names ?? []).filter { $0.hasSuffix(".md") && !$0.contains(".build") }.map {
                folder.isEmpty ? $0 : folder + "/" + $0
            }
        }.sorted()
    }()

    /// The text of a page.
    static func text(_ path: String) throws -> String {
        try String(contentsOf: Repository.root.appendingPathComponent(path), encoding: .utf8)
    }
}

/// A fenced block of a page: what stands after the fence, and the lines inside.
struct FencedBlock: Sendable, Hashable {
    var information: String
    var lines: [String]

    /// The blocks of a page, in order, and the lines outside of them.
    static func split(_ text: String) -> (blocks: [FencedBlock], outside: [String]) {
        var blocks: [FencedBlock] = []
        var outside: [String] = []
        var open: FencedBlock?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            guard line.hasPrefix("```") else {
                if open == nil { outside.append(line) } else { open?.lines.append(line) }
                continue
            }
            if let block = open {
                blocks.append(block)
                open = nil
            } else {
                open = FencedBlock(information: String(line.dropFirst(3)), lines: [])
            }
        }
        return (blocks, outside)
    }
}
