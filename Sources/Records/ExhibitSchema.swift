/// The part of the record's JSON Schema that describes exhibits.
enum ExhibitSchema {
    static var definitions: [String: JSONValue] {
        [
            "exhibit": exhibit,
            "quantity": object(
                "A number as it is shown.",
                required: ["value": reference("extended"), "unit": reference("unit")],
                optional: ["interval": reference("interval"), "count": RecordSchema.count]),
            "axis": object(
                "An axis of a chart.",
                required: [
                    "label": text, "unit": reference("unit"), "scale": ["enum": ["linear", "logarithmic"]],
                ]),
            "reference": object(
                "A line across a chart.",
                required: ["label": text, "value": reference("extended"), "axis": ["enum": ["x", "y"]]]),
            "table": table, "lines": lines, "bars": bars, "distribution": distribution, "heat-map": heatMap,
            "images": images, "timeline": timeline, "flame-graph": flameGraph,
        ]
    }

    private static var exhibit: JSONValue {
        let kinds = ["table", "lines", "bars", "distribution", "heat-map", "images", "timeline", "flame-graph"]
        return [
            "description": "Something to look at, as data.",
            "oneOf": .array(
                kinds.map { kind in
                    object(
                        "",
                        required: [
                            "name": text, "title": text, "kind": ["const": .string(kind)], "content": reference(kind),
                        ],
                        optional: [
                            "caption": text, "question": reference("question"),
                            "varies": ["const": true, "description": "Differs from run to run, as times do."],
                        ])
                }),
        ]
    }

    private static var table: JSONValue {
        let cell: JSONValue = [
            "oneOf": [
                text, object("", required: ["quantity": reference("quantity")]),
                object("", required: ["state": reference("state"), "text": text]),
                object("", required: ["missing": RecordSchema.text("Why there is no value.")]),
            ]
        ]
        return object(
            "Rows and columns.",
            required: [
                "columns": list(object("", required: ["title": text, "alignment": ["enum": ["left", "right"]]])),
                "rows": list(list(cell)),
            ])
    }

    private static var lines: JSONValue {
        let point = object(
            "", required: ["x": reference("extended"), "y": reference("extended")],
            optional: ["lower": reference("extended"), "upper": reference("extended")])
        return object(
            "Series of points.",
            required: [
                "x": reference("axis"), "y": reference("axis"), "references": list(reference("reference")),
                "series": list(
                    object(
                        "",
                        required: [
                            "name": text, "points": list(point), "style": ["enum": ["line", "points", "steps"]],
                        ])),
            ])
    }

    private static var bars: JSONValue {
        object(
            "Bars with intervals.",
            required: [
                "categories": list(text), "axis": reference("axis"), "references": list(reference("reference")),
                "series": list(
                    object("", required: ["name": text, "values": list(orNull(reference("quantity")))])),
            ])
    }

    private static var distribution: JSONValue {
        object(
            "Distributions by their quantiles at 0, 0.001, 0.005, 0.01, 0.02 … 0.99, 0.995, 0.999, 1.",
            required: [
                "axis": reference("axis"), "style": ["enum": ["box", "cumulative"]],
                "series": list(
                    object(
                        "",
                        required: [
                            "name": text, "count": RecordSchema.count, "quantiles": list(reference("extended")),
                        ])),
            ])
    }

    private static var heatMap: JSONValue {
        object(
            "A matrix in colours.",
            required: [
                "rowTitle": text, "columnTitle": text, "rows": list(text), "columns": list(text),
                "axis": reference("axis"), "values": list(list(orNull(reference("extended")))),
            ], optional: ["center": reference("extended")])
    }

    private static var images: JSONValue {
        object(
            "Pictures.",
            required: [
                "pictures": list(
                    object(
                        "",
                        required: [
                            "caption": text, "details": list(text), "encoding": ["enum": ["image/png", "image/jpeg"]],
                            "data": ["type": "string", "contentEncoding": "base64"],
                        ], optional: ["state": reference("state")]))
            ])
    }

    private static var timeline: JSONValue {
        let span = object(
            "",
            required: [
                "name": text, "kind": text, "start": reference("extended"), "duration": reference("extended"),
            ])
        return object(
            "Spans of time.",
            required: [
                "axis": reference("axis"), "lanes": list(object("", required: ["name": text, "spans": list(span)])),
            ])
    }

    private static var flameGraph: JSONValue {
        let frame = object(
            "",
            required: [
                "name": text, "kind": text, "depth": RecordSchema.count, "start": reference("extended"),
                "value": reference("extended"), "details": text,
            ])
        return object(
            "Where time went: frames, each after the one that holds it.",
            required: ["axis": reference("axis"), "frames": list(frame)])
    }

    private static let text: JSONValue = ["type": "string"]

    private static func orNull(_ value: JSONValue) -> JSONValue { ["anyOf": [value, ["type": "null"]]] }

    private static func reference(_ name: String) -> JSONValue { RecordSchema.reference(name) }

    private static func list(_ items: JSONValue) -> JSONValue { RecordSchema.list(items) }

    private static func object(
        _ description: String, required: [String: JSONValue], optional: [String: JSONValue] = [:]
    ) -> JSONValue { RecordSchema.object(description, required: required, optional: optional) }
}
