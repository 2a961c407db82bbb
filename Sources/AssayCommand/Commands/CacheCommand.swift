public import ArgumentParser
public import Assets
import Foundation
import Records
import Reports

/// `assay cache`: shows and removes what was downloaded.
struct CacheCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cache", abstract: "Show what was downloaded, and remove it.",
        discussion: """
            Everything lies under $ASSAY_HOME (~/.assay); records are never removed here. All but one kind is fetched or \
            made again when it is needed; engines that you added are only removed where their kind is named.

            \(CacheListing.Kind.allCases.map { "\($0.rawValue): \($0.safety)" }.joined(separator: "\n"))

            Examples:
              assay cache
              assay cache --prune --kind downloads
              assay cache --prune --days 30
            """)

    @Flag(help: "Remove what is shown.")
    var prune = false

    @Option(
        help: ArgumentHelp(
            "Only this kind: \(CacheListing.Kind.allCases.map(\.rawValue).joined(separator: ", ")).",
            valueName: "kind"))
    var kind: CacheListing.Kind?

    @Option(help: ArgumentHelp("Only what was not used for so many days.", valueName: "days"))
    var days: Double?

    func run() throws {
        let home = AssayHome()
        let listing = CacheListing(home: home)
        let items = listing.entries(
            kinds: kind.map { [$0] } ?? Set(CacheListing.Kind.allCases),
            unusedSince: days.map { Date().addingTimeInterval(-$0 * 86_400) } ?? .distantFuture)
        let table = Table(
            columns: [
                Table.Column("kind"), Table.Column("what"), Table.Column("size", .right), Table.Column("last used"),
            ],
            rows: items.map { item in
                [
                    .text(item.kind.rawValue), .text(item.name), .quantity(Quantity(Double(item.bytes), .bytes)),
                    .text(Timestamp(item.lastUsed).readable),
                ]
            })
        print(TerminalReport().render(table))
        let total = Quantity(Double(items.reduce(0) { $0 + $1.bytes }), .bytes)
        guard prune else {
            print("\(items.count) entries, \(total), in \(home.path)")
            return
        }
        let removed = items.filter { $0.kind.comesBack || $0.kind == kind }
        let freed = Quantity(Double(try CacheListing.prune(removed, home: home)), .bytes)
        print("Removed \(removed.count) entries, \(freed).")
        if removed.count < items.count {
            print("Kept \(items.count - removed.count) that would not come back by themselves: name their kind.")
        }
    }
}

extension CacheListing.Kind: ExpressibleByArgument {}
