import Foundation
import TestKit
import Testing

/// Every link of a page to a file of the project, and to a heading of a page, leads somewhere.
@Suite struct LinkTests {
    @Test(arguments: Pages.all)
    func linksLeadSomewhere(page: String) throws {
        let folder = Repository.root.appendingPathComponent(page).deletingLastPathComponent()
        for target in try Self.targets(Pages.text(page)) where !target.contains("://") && !target.hasPrefix("mailto:") {
            let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let file =
                parts[0].isEmpty
                ? Repository.root.appendingPathComponent(page)
                : folder.appendingPathComponent(parts[0].removingPercentEncoding ?? parts[0])
            #expect(FileManager.default.fileExists(atPath: file.path), "\(page) links to \(target)")
            guard parts.count == 2, file.pathExtension == "md",
                let text = try? String(contentsOf: file, encoding: .utf8)
            else { continue }
            #expect(Self.anchors(text).contains(parts[1]), "\(page) links to \(target), and there is no such heading")
        }
    }

    @Test func findsLinksAndHeadings() {
        let text = """
            # Two *words* and `code`
            See [a](b.md#two-words-and-code), ![picture](c.png) and [d]( <e f.md> ).
            ```
            [not](a-link.md)
            ```
            [later]: g.md
            """
        #expect(Self.targets(text) == ["b.md#two-words-and-code", "c.png", "e f.md", "g.md"])
        #expect(Self.anchors(text) == ["two-words-and-code"])
    }

    @Test func pagesAreFound() {
        #expect(Pages.all.contains("README.md"))
        #expect(Pages.all.contains("Documentation/record.md"))
        #expect(Pages.all.contains { $0.hasPrefix("Examples/") })
    }

    /// The targets of inline links, pictures and reference definitions, outside of fenced blocks.
    static func targets(_ text: String) -> [String] {
        FencedBlock.split(text).outside.flatMap { line -> [String] in
            if let match = line.wholeMatch(of: /\[[^\]]+\]:\s*(\S+)\s*/) { return [String(match.1)] }
            return line.matches(of: /\]\(\s*(?:<([^>]*)>|([^)\s]+))/).map { String($0.1 ?? $0.2 ?? "") }
        }
    }

    /// What links to the headings of a page end with.
    static func anchors(_ text: String) -> Set<String> {
        Set(
            FencedBlock.split(text).outside.filter { $0.hasPrefix("#") }.map { heading in
                String(
                    heading.drop { $0 == "#" || $0 == " " }.lowercased().compactMap { letter -> Character? in
                        if letter == " " { return "-" }
                        return letter.isLetter || letter.isNumber || letter == "-" || letter == "_" ? letter : nil
                    })
            })
    }
}
