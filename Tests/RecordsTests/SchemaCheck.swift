import Foundation
import Records

/// Judges a value by the part of JSON Schema 2020-12 that the published schemas use.
struct SchemaCheck {
    let schema: JSONValue

    func problems(_ value: JSONValue) -> [String] { problems(value, schema, at: "$") }

    private func problems(_ value: JSONValue, _ schema: JSONValue, at path: String) -> [String] {
        guard let rules = schema.object else { return schema == false ? ["\(path): nothing is allowed"] : [] }
        var found: [String] = []
        for (name, rule) in rules {
            switch name {
            case "$ref":
                let key = rule.string?.split(separator: "/").last.map(String.init) ?? ""
                found += problems(value, self.schema["$defs"]?[key] ?? false, at: path)
            case "type":
                let types = rule.string.map { [$0] } ?? rule.array?.compactMap(\.string) ?? []
                if !types.contains(where: { isType(value, $0) }) { found.append("\(path): not \(types)") }
            case "const": if value != rule { found.append("\(path): not \(rule.canonical)") }
            case "enum": if rule.array?.contains(value) != true { found.append("\(path): not in \(rule.canonical)") }
            case "required":
                for key in rule.array?.compactMap(\.string) ?? [] where value.object != nil && value[key] == nil {
                    found.append("\(path): \(key) is missing")
                }
            case "properties":
                for (key, inner) in rule.object ?? [:] {
                    if let member = value[key] { found += problems(member, inner, at: "\(path).\(key)") }
                }
            case "additionalProperties":
                for (key, member) in value.object ?? [:] where rules["properties"]?[key] == nil {
                    found += problems(member, rule, at: "\(path).\(key)")
                }
            case "propertyNames":
                for key in value.object?.keys.sorted() ?? [] {
                    found += problems(.string(key), rule, at: "\(path).\(key)")
                }
            case "items":
                for (index, element) in (value.array ?? []).enumerated() {
                    found += problems(element, rule, at: "\(path)[\(index)]")
                }
            case "minimum":
                if let number = value.double, let least = rule.double, number < least {
                    found.append("\(path): too small")
                }
            case "pattern":
                if let text = value.string, let pattern = rule.string,
                    text.range(of: pattern, options: .regularExpression) == nil
                {
                    found.append("\(path): does not match \(pattern)")
                }
            case "anyOf", "oneOf":
                let fitting = (rule.array ?? []).filter { problems(value, $0, at: path).isEmpty }.count
                if fitting == 0 || (name == "oneOf" && fitting > 1) { found.append("\(path): fits \(fitting) forms") }
            default: break
            }
        }
        return found
    }

    private func isType(_ value: JSONValue, _ type: String) -> Bool {
        switch (value, type) {
        case (.null, "null"), (.bool, "boolean"), (.integer, "integer"), (.integer, "number"), (.number, "number"),
            (.string, "string"), (.array, "array"), (.object, "object"):
            true
        default: false
        }
    }
}
