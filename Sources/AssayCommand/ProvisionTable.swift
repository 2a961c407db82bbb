import Assets
import Engines
import Records
import Reports
import Studies

/// What `assay provision` shows: one line a stack.
struct ProvisionTable {
    private struct Line: Encodable {
        var stack: String
        var build: String?
        var packages: Int?
        var state: String
        var downloadBytes: Int?
        var reported: String?
        var folder: String?
    }

    private var lines: [Line]

    init(_ plan: StackPlan) {
        lines = plan.items.map { item in
            Line(
                stack: Self.name(of: item.request), build: item.build?.artifact.title,
                packages: item.build.map(\.artifacts.count), state: Self.state(of: item),
                downloadBytes: item.isInstalled ? 0 : item.downloadBytes)
        }
    }

    private static func name(of request: StackRequest) -> String {
        let device = request.options.device
        return "\(request.engine) \(request.version)" + (device == .cpu ? "" : ", \(device)")
    }

    private static func state(of item: StackPlan.Item) -> String {
        if let obstacle = item.obstacle { return "cannot be had: \(obstacle)" }
        if item.isInstalled { return "installed" }
        guard !item.missing.isEmpty else { return "to be unpacked" }
        return "to be downloaded: " + (item.downloadBytes.map { MetricUnit.bytes.format(Double($0)) } ?? "size unknown")
    }

    /// Takes in what an installed stack reports.
    mutating func note(_ stack: PreparedStack, _ identity: EngineIdentity) {
        let name = Self.name(of: stack.request)
        guard let index = lines.firstIndex(where: { $0.stack == name && $0.reported == nil }) else { return }
        lines[index].state = "installed"
        lines[index].reported = identity.version
        lines[index].folder = stack.libraries
    }

    func show(asJSON: Bool) throws {
        if asJSON { return print(try JSONCoding.value(of: lines).pretty) }
        let columns = ["stack", "build", "packages", "state"].map { Table.Column($0) }
        print(
            TerminalReport().render(
                Table(
                    columns: columns,
                    rows: lines.map { line in
                        [
                            .text(line.stack), .text(line.build ?? ""), .text(line.packages.map(String.init) ?? ""),
                            .text(line.state),
                        ]
                    })))
        let bytes = lines.compactMap(\.downloadBytes).reduce(0, +)
        if bytes > 0 { print("In all \(MetricUnit.bytes.format(Double(bytes))) to download.") }
    }
}
