/// The JSON Schema (draft 2020-12) of `assay.record/1`, as published under `Documentation/Schemas`.
public enum RecordSchema {
    /// The whole schema.
    public static var json: JSONValue {
        [
            "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "assay.record/1", "title": "Assay record",
            "description": "Evidence: what was asked, of what, where, and what came out.",
            "$ref": "#/$defs/record", "$defs": .object(definitions),
        ]
    }

    private static var definitions: [String: JSONValue] {
        parts.merging(ExhibitSchema.definitions) { $1 }.merging(["record": record]) { $1 }
    }

    private static var record: JSONValue {
        object(
            "A study's evidence.",
            required: [
                "schema": ["const": .string(Record.schema)],
                "id": reference("id"),
                "study": text("The study: evaluate, compare."),
                "title": text("A title for readers."),
                "created": reference("moment"),
                "tool": text("The version of Assay."),
                "spec": ["description": "The effective spec: all that was asked, with every default filled in."],
                "lock": ["description": "What the spec was resolved to, exactly."],
                "ingredients": list(reference("ingredient")),
                "machine": reference("machine"),
                "seed": [
                    "description": "The seed of all that is random; text above 2^63 - 1.",
                    "type": ["integer", "string"], "minimum": 0, "pattern": "^[0-9]+$",
                ],
                "metrics": list(reference("metric")),
                "exhibits": list(reference("exhibit")),
                "verdicts": list(reference("verdict")),
                "outcomes": list(reference("outcome")),
                "series": list(reference("series")),
                "notes": list(["type": "string"]),
            ],
            optional: [
                "fingerprints": list(reference("fingerprint")),
                "partial": ["const": true, "description": "The study was interrupted before its end."],
                "blobs": [
                    "description": "In an export: the samples' bytes (little-endian Int64) in base64, by SHA-256.",
                    "type": "object", "propertyNames": ["pattern": "^[0-9a-f]{64}$"],
                    "additionalProperties": ["type": "string", "contentEncoding": "base64"],
                ],
            ])
    }

    private static var parts: [String: JSONValue] {
        [
            "id": ["type": "string", "pattern": "^[A-Za-z0-9._-]{1,100}$"],
            "moment": [
                "type": "string", "format": "date-time", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,12}Z$",
            ],
            "sha256": ["type": "string", "pattern": "^[0-9a-f]{64}$"],
            "unit": text("The symbol of a unit: ns, B, fraction, count, FLOP/s."),
            "labels": [
                "description": "What a number is about: model, stack, data, class.", "type": "object",
                "additionalProperties": ["type": "string"],
            ],
            "extended": [
                "description": "A number, or one of those that JSON lacks.",
                "anyOf": [["type": "number"], ["enum": ["NaN", "Infinity", "-Infinity"]]],
            ],
            "ingredient": object(
                "Something that went in, by content.",
                required: [
                    "role": text("model, data, engine, decoder, worker"), "name": text(""),
                    "sha256": reference("sha256"),
                ],
                optional: [
                    "version": text(""), "bytes": count, "origin": text("Where it came from."),
                    "licence": text("An SPDX identifier."),
                ]),
            "machine": machine,
            "interval": object(
                "A confidence interval.",
                required: [
                    "lower": reference("extended"), "upper": reference("extended"), "level": ["type": "number"],
                    "method": text("wilson, bootstrap, order-statistics"),
                ]),
            "metric": metric,
            "verdict": object(
                "An answer to one of the seven questions.",
                required: [
                    "question": reference("question"), "subject": text(""), "statement": text(""),
                    "state": reference("state"), "varies": ["type": "boolean"],
                ], optional: ["metric": reference("metric"), "record": reference("id")]),
            "question": ["enum": .array(Question.allCases.map { .string($0.rawValue) })],
            "state": ["enum": .array(Verdict.State.allCases.map { .string($0.rawValue) })],
            "outcome": outcome,
            "fingerprint": fingerprint,
            "series": object(
                "Raw samples, kept beside the record as little-endian Int64.",
                required: [
                    "name": text(""), "labels": reference("labels"), "unit": reference("unit"), "count": count,
                    "sha256": reference("sha256"),
                ],
                optional: [
                    "rounds": [
                        "description": "How many samples each round of each fresh process has, in their order.",
                        "type": "array", "items": list(count),
                    ]
                ]),
        ]
    }

    private static var fingerprint: JSONValue {
        let part = object(
            "One tensor of one sample; of large ones every so-manieth element.",
            required: [
                "sample": count, "name": text(""), "type": text("Element type and shape: f32[1x1000]."),
                "count": count, "stride": ["type": "integer", "minimum": 1],
            ])
        return object(
            "What went through one point of the study, by content.",
            required: [
                "stage": text("graph, weights, step, inputs, outputs, answers"), "labels": reference("labels"),
                "count": count, "sha256": reference("sha256"),
                "samples": list(
                    object(
                        "One of the first samples, by content.",
                        required: ["name": text(""), "sha256": reference("sha256")])),
            ],
            optional: [
                "kept": object(
                    "Numbers of the first samples, as the bits of Float64 in the series of this digest.",
                    required: ["sha256": reference("sha256"), "parts": list(part)])
            ])
    }

    private static var machine: JSONValue {
        object(
            "The machine, as far as it could be read.",
            required: [
                "processor": text(""), "architecture": text(""), "features": list(["type": "string"]),
                "logicalCores": count, "caches": ["type": "object", "additionalProperties": count],
                "operatingSystem": text(""), "kernel": text(""), "virtualization": list(["type": "string"]),
                "accelerators": list(accelerator), "load": list(["type": "number"]),
            ],
            optional: [
                "physicalCores": count, "memoryBytes": count, "governor": text(""),
                "instrument": object(
                    "What a self-test of the instrument found on the machine.",
                    required: [
                        "resolution": [
                            "description": "The share of a run time that the instrument tells apart.",
                            "type": "number", "minimum": 0,
                        ], "tested": reference("moment"), "tool": text("The version that was tested."),
                        "record": reference("id"), "isQuick": ["type": "boolean"],
                    ]),
            ])
    }

    private static var accelerator: JSONValue {
        let whole: JSONValue = ["type": "integer", "minimum": 0]
        let clocks = object(
            "Clocks in MHz.", required: [:],
            optional: ["processor": whole, "memory": whole, "mostProcessor": whole, "mostMemory": whole])
        let link = object(
            "The link to the machine.", required: [:],
            optional: ["generation": whole, "width": whole, "mostGeneration": whole, "mostWidth": whole])
        let described = object(
            "A device that computes beside the processor.", required: ["name": text("")],
            optional: [
                "memoryBytes": count, "driver": text("The version of its driver."),
                "cuda": text("The newest CUDA that the driver runs."), "capability": text("The compute capability."),
                "clocks": clocks, "powerLimitWatts": ["type": "number"], "temperature": ["type": "integer"],
                "persistence": ["type": "boolean"], "computeMode": text(""), "errorCorrection": ["type": "boolean"],
                "isCut": ["type": "boolean"], "link": link,
            ])
        return ["anyOf": [["type": "string"], described]]
    }

    private static var metric: JSONValue {
        let shared: [String: JSONValue] = ["name": text("Dotted words: latency.p99"), "unit": reference("unit")]
        let varies: JSONValue = ["const": true, "description": "Differs from run to run, as times do."]
        return [
            "oneOf": [
                object(
                    "A number.",
                    required: shared.merging(["kind": ["enum": ["measured", "modelled"]], "value": ["type": "number"]])
                    { $1 },
                    optional: [
                        "labels": reference("labels"), "interval": reference("interval"), "count": count,
                        "varies": varies,
                    ]),
                object(
                    "A number that could not be had.",
                    required: shared.merging(["kind": ["const": "unavailable"], "reason": text("Why.")]) { $1 },
                    optional: ["labels": reference("labels"), "count": count, "varies": varies]),
            ],
            "anyOf": .array(
                [["properties": ["name": ["pattern": .string(TokenMetric.othersPattern)]]]]
                    + TokenMetric.allCases.map { metric in
                        [
                            "properties": [
                                "name": ["pattern": .string(metric.pattern)],
                                "unit": ["const": .string(metric.unit.rawValue)],
                            ]
                        ]
                    }),
        ]
    }

    private static var outcome: JSONValue {
        func form(_ name: String, _ detail: [String: JSONValue]) -> JSONValue {
            object(
                "", required: detail.merging(["stack": text(""), "state": ["const": .string(name)]]) { $1 },
                optional: ["labels": reference("labels"), "log": text("The last lines of its standard error.")])
        }
        let reason: [String: JSONValue] = ["reason": text("Why.")]
        return [
            "description": "How one stack got through its part.",
            "oneOf": [
                form("completed", [:]), form("crashed", ["signal": ["type": "integer"]]),
                form("exited", ["code": ["type": "integer"]]), form("hung", ["limit": ["type": "number"]]),
                form("protocol-violation", reason), form("refused", reason), form("unavailable", reason),
            ],
        ]
    }

    static let count: JSONValue = ["type": "integer", "minimum": 0]

    static func reference(_ name: String) -> JSONValue { ["$ref": .string("#/$defs/\(name)")] }

    static func list(_ items: JSONValue) -> JSONValue { ["type": "array", "items": items] }

    static func text(_ description: String) -> JSONValue {
        description.isEmpty ? ["type": "string"] : ["type": "string", "description": .string(description)]
    }

    static func object(
        _ description: String, required: [String: JSONValue], optional: [String: JSONValue] = [:]
    ) -> JSONValue {
        var value: JSONValue = [
            "type": "object", "additionalProperties": false,
            "properties": .object(required.merging(optional) { $1 }),
            "required": .array(JSONValue.ordered(required.keys).map { .string($0) }),
        ]
        if !description.isEmpty { value["description"] = .string(description) }
        return value
    }
}
