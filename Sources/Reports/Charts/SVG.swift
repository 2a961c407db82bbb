import Foundation

/// A drawing in SVG, built line by line; colours come from classes, so that the page's theme rules them.
struct SVG {
    /// Where a text is held.
    enum Anchor: String {
        case start, middle, end
    }

    let width: Double
    let height: Double
    /// Whether parts of it can be reached with the keyboard; then it is no single picture to a reader that speaks.
    let isInteractive: Bool
    private var body = ""

    init(width: Double, height: Double, isInteractive: Bool = false) {
        self.width = width
        self.height = height
        self.isInteractive = isInteractive
    }

    /// The whole element, with a title and description for readers who do not see it.
    func text(id: String, title: String, description: String) -> String {
        let label = HTMLText.escape(title)
        let words = HTMLText.escape(description)
        return """
            <svg viewBox="0 0 \(Self.number(width)) \(Self.number(height))" role="\(isInteractive ? "group" : "img")" \
            aria-labelledby="\(id)-t \(id)-d" xmlns="http://www.w3.org/2000/svg">
            <title id="\(id)-t">\(label)</title><desc id="\(id)-d">\(words)</desc>
            \(body)</svg>
            """
    }

    mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String) {
        body +=
            "<line x1=\"\(Self.number(x1))\" y1=\"\(Self.number(y1))\" x2=\"\(Self.number(x2))\" y2=\"\(Self.number(y2))\" class=\"\(style)\"/>\n"
    }

    /// A rectangle; a tip is shown where the pointer rests on it.
    mutating func rectangle(
        _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ style: String, opacity: Double? = nil,
        radius: Double = 0, tip: String = ""
    ) {
        let shade = opacity.map { " fill-opacity=\"\(Self.number($0))\"" } ?? ""
        let round = radius > 0 ? " rx=\"\(Self.number(radius))\"" : ""
        body +=
            "<rect x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(max(0, width)))\" height=\"\(Self.number(max(0, height)))\"\(round) class=\"\(style)\"\(shade)"
        body += tip.isEmpty ? "/>\n" : "><title>\(HTMLText.escape(tip))</title></rect>\n"
    }

    /// Elements that belong together and tell more where the pointer or the keyboard rests on them.
    mutating func frame(tip: String, isReachable: Bool, _ draw: (inout SVG) -> Void) {
        let words = HTMLText.escape(tip)
        let reach = isReachable ? " tabindex=\"0\" role=\"img\" aria-label=\"\(words)\"" : ""
        body += "<g class=\"frame\"\(reach)><title>\(words)</title>\n"
        draw(&self)
        body += "</g>\n"
    }

    mutating func path(_ data: String, _ style: String) {
        body += "<path d=\"\(data)\" class=\"\(style)\"/>\n"
    }

    mutating func text(
        _ x: Double, _ y: Double, _ text: String, _ style: String, anchor: Anchor = .start, rotate: Double = 0
    ) {
        let turn =
            rotate == 0 ? "" : " transform=\"rotate(\(Self.number(rotate)) \(Self.number(x)) \(Self.number(y)))\""
        let hold = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
        body +=
            "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" class=\"\(style)\"\(hold)\(turn)>\(HTMLText.escape(text))</text>\n"
    }

    /// One of five marks, told apart by form as well as by colour.
    mutating func mark(_ x: Double, _ y: Double, series: Int, size: Double = 4, tip: String = "") {
        body += Self.mark(x, y, series: series, size: size, tip: tip)
    }

    static func mark(_ x: Double, _ y: Double, series: Int, size: Double, tip: String = "") -> String {
        let title = tip.isEmpty ? "" : "<title>\(HTMLText.escape(tip))</title>"
        let (a, b) = (number(x), number(y))
        func polygon(_ points: [(Double, Double)]) -> String {
            let data = points.map { "\(number(x + $0.0 * size)),\(number(y + $0.1 * size))" }.joined(separator: " ")
            return "<polygon points=\"\(data)\" class=\"m s\(series % 7)\">\(title)</polygon>\n"
        }
        switch series % 5 {
        case 0:
            return
                "<circle cx=\"\(a)\" cy=\"\(b)\" r=\"\(number(size))\" class=\"m s\(series % 7)\">\(title)</circle>\n"
        case 1: return polygon([(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)])
        case 2: return polygon([(0, -1.2), (1.1, 0.8), (-1.1, 0.8)])
        case 3: return polygon([(0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)])
        default: return polygon([(0, 1.2), (1.1, -0.8), (-1.1, -0.8)])
        }
    }

    /// A number with at most two decimals, the same on every machine.
    static func number(_ value: Double) -> String {
        guard value.isFinite else { return "0" }
        let hundredths = Int64((min(max(value, -1e9), 1e9) * 100).rounded())
        let sign = hundredths < 0 ? "-" : ""
        let (whole, rest) = (hundredths.magnitude / 100, hundredths.magnitude % 100)
        if rest == 0 { return "\(sign)\(whole)" }
        return rest % 10 == 0 ? "\(sign)\(whole).\(rest / 10)" : "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }

    /// About how wide a text is at a size of letters, in the units of the drawing.
    static func width(of text: String, size: Double = 12) -> Double { Double(DisplayWidth.of(text)) * size * 0.56 }

    /// The text cut to a width.
    static func fit(_ text: String, _ width: Double, size: Double = 12) -> String {
        DisplayWidth.cut(text, to: max(1, Int(width / (size * 0.56))))
    }
}
