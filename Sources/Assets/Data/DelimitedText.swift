/// Rows of a delimited text file (RFC 4180): quoted fields may hold delimiters, quotes and line breaks.
package struct DelimitedText {
    /// The rows, each with its first line's number from 1; rows that hold nothing are left out.
    package let rows: [(line: Int, fields: [String])]

    /// Splits a text.
    ///
    /// - Parameter quotes: whether `"` quotes fields; where not, it is a character like any other.
    /// - Throws: `AssetError` of code `malformed` when a quote is not closed.
    package init(_ bytes: [UInt8], delimiter: UInt8, quotes: Bool, subject: String) throws(AssetError) {
        var rows: [(line: Int, fields: [String])] = []
        var fields: [String] = []
        var field: [UInt8] = []
        var (line, rowLine, position) = (1, 1, 0)
        var isQuoted = false
        func endField() {
            fields.append(String(decoding: field, as: UTF8.self))
            field.removeAll(keepingCapacity: true)
        }
        func endRow() {
            endField()
            if fields != [""] { rows.append((rowLine, fields)) }
            fields = []
        }
        // A byte order mark is no part of the first field.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == 0x0A { line += 1 }
            if isQuoted {
                if byte != 0x22 {
                    field.append(byte)
                } else if position < bytes.count, bytes[position] == 0x22 {
                    field.append(byte)
                    position += 1
                } else {
                    isQuoted = false
                }
            } else if byte == delimiter {
                endField()
            } else if byte == 0x0A {
                if field.last == 0x0D { field.removeLast() }
                endRow()
                rowLine = line
            } else if byte == 0x22, quotes, field.isEmpty {
                isQuoted = true
            } else {
                field.append(byte)
            }
        }
        guard !isQuoted else {
            throw AssetError(
                .malformed, subject: "\(subject), line \(rowLine)", reason: "a quote is not closed",
                remedy: "close it, or set 'quotes: false'")
        }
        if !field.isEmpty || !fields.isEmpty { endRow() }
        self.rows = rows
    }
}
