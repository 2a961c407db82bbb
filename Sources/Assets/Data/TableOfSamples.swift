public import Specs
import Tensors

/// A table in a text file (CSV, TSV, or one text a line): each row names a file, or holds a text, and its label.
public struct TableOfSamples: DataSource {
    /// What the column of samples holds.
    public enum Content: String, Sendable, Hashable, CaseIterable {
        /// The path of a file, relative to the table.
        case files
        /// The text itself.
        case texts
    }

    /// The file; gzip is decompressed.
    public var path: String
    /// What the column of samples holds.
    public var content: Content
    /// The column of the samples: its heading, or its number from 0 where there are no headings.
    public var column: String
    /// The column of the second text of a pair.
    public var second: String?
    /// The column of the labels.
    public var label: String?
    /// The character between fields.
    public var delimiter: Delimiter
    /// Whether `"` quotes fields.
    public var quotes: Bool
    /// Whether the first row holds headings.
    public var header: Bool
    /// Rows left out after the headings.
    public var skip: Int
    /// The names of the classes by their numbers.
    public var classes: [String]
    /// How many classes there are.
    public var classCount: Int?

    /// The characters that separate fields.
    public enum Delimiter: String, Sendable, Hashable, CaseIterable {
        /// `,`
        case comma
        /// A horizontal tab.
        case tab
        /// `;`
        case semicolon
        /// None: every line is one field.
        case none

        var byte: UInt8 {
            switch self {
            case .comma: UInt8(ascii: ",")
            case .tab: 0x09
            case .semicolon: UInt8(ascii: ";")
            // A byte that UTF-8 does not use.
            case .none: 0xFF
            }
        }
    }

    /// Makes the source.
    public init(
        path: String, content: Content, column: String, second: String? = nil, label: String? = nil,
        delimiter: Delimiter = .comma, quotes: Bool = true, header: Bool = true, skip: Int = 0, classes: [String] = [],
        classCount: Int? = nil
    ) {
        self.path = path
        self.content = content
        self.column = column
        self.second = second
        self.label = label
        self.delimiter = delimiter
        self.quotes = quotes
        self.header = header
        self.skip = skip
        self.classes = classes
        self.classCount = classCount
    }

    /// The parameters.
    public static let spec = SpecObject(
        "table", "A CSV or TSV file, or one text a line: each row names a file, or holds a text, and its label.",
        initial: TableOfSamples(path: "", content: .files, column: ""),
        [
            .required("path", \.path, .string, "The file; gzip is decompressed."),
            .required("content", \.content, .enumeration, "Whether rows name files or hold texts."),
            .required("column", \.column, .literal, "The samples: a heading, or a number from 0 without headings."),
            SpecField("second", \.second, .optional(.literal), "The second text of a pair."),
            SpecField("label", \.label, .optional(.literal), "The labels."),
            SpecField("delimiter", \.delimiter, .enumeration, "What separates fields."),
            SpecField("quotes", \.quotes, .bool, "Whether \" quotes fields."),
            SpecField("header", \.header, .bool, "Whether the first row holds headings."),
            SpecField("skip", \.skip, .int(0...), "Rows left out after the headings."),
            SpecField("classes", \.classes, .list(of: .literal), "The names of the classes by their numbers."),
            SpecField("classCount", \.classCount, .optional(.int(1...)), "How many classes there are."),
        ])

    /// Reads the table.
    public func open(relativeTo folder: String) throws(AssetError) -> any DataSet {
        let file = DataPath.resolve(path, relativeTo: folder)
        let text = try DelimitedText(
            DataPath.readDecompressed(file).array, delimiter: delimiter.byte, quotes: quotes, subject: file)
        var rows = text.rows[...]
        let headings = header ? rows.popFirst()?.fields : nil
        rows = rows.dropFirst(skip)
        guard !rows.isEmpty else {
            throw DataPath.empty(file, "it has no rows", remedy: "check 'header' and 'skip'")
        }
        let sample = try number(of: column, headings, file)
        let pair = try second.map { column throws(AssetError) in try number(of: column, headings, file) }
        let answer = try label.map { column throws(AssetError) in try number(of: column, headings, file) }
        let list = ClassList(names: classes, count: classCount)
        var entries: [TextDataSet.Entry] = []
        for row in rows {
            let place = "\(file), line \(row.line)"
            let first = try field(sample, row.fields, place)
            entries.append(
                TextDataSet.Entry(
                    name: place,
                    text: SampleText(first, try pair.map { at throws(AssetError) in try field(at, row.fields, place) }),
                    label: try answer.map { at throws(AssetError) in
                        try list.label(field(at, row.fields, place), of: place)
                    }))
        }
        if content == .texts { return TextDataSet(entries: entries, classNames: classes) }
        let base = String(file.prefix(upTo: file.lastIndex(of: "/") ?? file.startIndex))
        return FileDataSet(
            folder: base, entries: entries.map { FileDataSet.Entry(path: $0.text.first, label: $0.label) },
            classNames: classes)
    }

    private func number(of column: String, _ headings: [String]?, _ file: String) throws(AssetError) -> Int {
        if let found = headings?.firstIndex(of: column) { return found }
        if headings == nil, let number = Int(column), number >= 0 { return number }
        throw AssetError(
            .notFound, subject: file, reason: "it has no column '\(column)'",
            remedy: headings.map { "its columns are \($0.joined(separator: ", "))" }
                ?? "without headings, columns are numbers from 0")
    }

    private func field(_ number: Int, _ fields: [String], _ place: String) throws(AssetError) -> String {
        guard number < fields.count else {
            throw AssetError(
                .malformed, subject: place, reason: "it has \(fields.count) fields and no number \(number)",
                remedy: "mend the row, or the delimiter")
        }
        return fields[number]
    }
}
