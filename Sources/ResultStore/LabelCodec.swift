import Records

/// Labels as text and back; most metrics of a record share a few sets of labels, so each is translated once.
struct LabelCodec {
    private var texts: [Labels: String] = [:]
    private var labels: [String: Labels] = [:]

    mutating func text(_ value: Labels) -> String {
        if let known = texts[value] { return known }
        let text = JSONValue.object(value.mapValues { .string($0) }).canonical
        texts[value] = text
        return text
    }

    mutating func labels(_ text: String) throws(RecordError) -> Labels {
        if let known = labels[text] { return known }
        let value = (try JSONCoding.parse(text, subject: "labels").object ?? [:]).compactMapValues(\.string)
        labels[text] = value
        return value
    }
}
