import Foundation
import Records

/// Writes exhibits as figures: heading, legend, chart for wide and narrow pages, and the numbers as a table.
struct HTMLExhibit {
    let exhibit: Exhibit
    /// A name that no other figure of the page has.
    let anchor: String

    var html: String {
        var out = "<figure id=\"\(anchor)\">\n<figcaption><h3>\(HTMLText.escape(exhibit.title))</h3>"
        if !exhibit.caption.isEmpty { out += "<p>\(HTMLText.escape(exhibit.caption))</p>" }
        out += "</figcaption>\n"
        switch exhibit.content {
        case .table(let table): out += HTMLTable.html(table)
        case .images(let grid): out += pictures(grid)
        default: out += chart
        }
        return out + "</figure>\n"
    }

    private var chart: String {
        var out = ""
        for format in ChartDrawing.Format.allCases {
            guard let drawing = ChartDrawing.draw(exhibit.content, format) else { continue }
            if format == .wide { out += legend(drawing.legend) }
            let svg = drawing.svg.text(
                id: "\(anchor)-\(format.style)", title: exhibit.title, description: drawing.description)
            out += "<div class=\"\(format.style)\">\(svg)</div>\n"
        }
        if let table = ChartTables.table(exhibit.content) {
            out += "<details><summary>The numbers</summary>\(HTMLTable.html(table))</details>\n"
        }
        return out
    }

    private func legend(_ entries: [ChartDrawing.Entry]) -> String {
        guard !entries.isEmpty else { return "" }
        let items = entries.map { entry in
            let isLine = if case .lines = exhibit.content { true } else { isCumulative }
            let sign =
                isLine && !isCumulative
                ? SVG.mark(7, 7, series: entry.series, size: 5)
                : isCumulative
                    ? "<line x1=\"0\" y1=\"7\" x2=\"14\" y2=\"7\" class=\"line s\(entry.series % 7)\"/>"
                    : "<rect x=\"1\" y=\"1\" width=\"12\" height=\"12\" rx=\"2\" class=\"bar s\(entry.series % 7)\"/>"
            return
                "<li><svg viewBox=\"0 0 14 14\" aria-hidden=\"true\">\(sign)</svg>\(HTMLText.escape(entry.name))</li>"
        }
        return "<ul class=\"legend\">\(items.joined())</ul>\n"
    }

    private var isCumulative: Bool { if case .distribution = exhibit.content { true } else { false } }

    private func pictures(_ grid: ImageGrid) -> String {
        var out = "<ul class=\"pictures\">\n"
        for picture in grid.pictures {
            let caption = HTMLText.escape(picture.caption)
            let data = picture.data.base64EncodedString()
            let details = picture.details.map { "<br /><span class=\"muted\">\(HTMLText.escape($0))</span>" }.joined()
            out +=
                "<li><img alt=\"\(caption)\" src=\"data:\(picture.encoding.rawValue);base64,\(data)\" />"
                + "<div>\(picture.state.map(HTMLTable.mark) ?? "")\(caption)\(details)</div></li>\n"
        }
        return out + "</ul>\n"
    }
}
