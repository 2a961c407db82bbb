import Assets
import Engines
import Foundation
import Records
import Specs

/// Puts what a user changes on purpose into the spec of a record.
struct ReplayEdits: Sendable {
    let asked: ReplaySpec
    let kind: any ReplayableStudy.Type

    /// The spec as it is to be here.
    ///
    /// - Throws: `StudyError` of code `cannotReplay` that names the option and the place.
    func apply(to spec: JSONValue) throws -> JSONValue {
        var tree = spec
        for engine in asked.engines { tree = try set(engine, in: tree) }
        if let threads = asked.threads {
            for place in kind.stackPlaces {
                tree = tree.setting(.integer(Int64(threads)), at: place.parts + [.key("threads")])
            }
        }
        for pair in asked.set { tree = try set(pair.name, to: pair.value, in: tree) }
        return tree
    }

    private func set(_ name: String, to text: String, in tree: JSONValue) throws(StudyError) -> JSONValue {
        guard let path = SpecPath(name) else {
            throw StudyError(
                .cannotReplay, subject: "--set \(name)", reason: "it is no place in a spec",
                remedy: "write keys and indices, as stacks[0].threads")
        }
        let places = expanded(path.parts[...], in: tree)
        guard !places.isEmpty else {
            throw StudyError(
                .cannotReplay, subject: "--set \(name)", reason: "the record's spec has no such place",
                remedy: "`assay records show ID --json` shows it under \"spec\"; at the top it has "
                    + (tree.object?.keys.sorted() ?? []).joined(separator: ", "))
        }
        let value = (try? JSONCoding.parse(text)) ?? .string(text)
        return places.reduce(tree) { $0.setting(value, at: $1) }
    }

    /// The places that a path with `[*]` stands for; the last key may be a new one of a map.
    private func expanded(_ path: ArraySlice<SpecPath.Part>, in tree: JSONValue) -> [[SpecPath.Part]] {
        guard let part = path.first else { return [[]] }
        let rest = path.dropFirst()
        switch (tree, part) {
        case (.object(let members), .key(let key)):
            guard let inner = members[key] else { return rest.isEmpty ? [[part]] : [] }
            return expanded(rest, in: inner).map { [part] + $0 }
        case (.array(let elements), .index(let index)) where elements.indices.contains(index):
            return expanded(rest, in: elements[index]).map { [part] + $0 }
        case (.array(let elements), .all):
            return elements.indices.flatMap { index in expanded(rest, in: elements[index]).map { [.index(index)] + $0 }
            }
        default: return []
        }
    }

    /// An engine takes the place of the stacks of its name, or of the only stack; options that it does not state stay.
    private func set(_ request: StackRequest, in tree: JSONValue) throws(StudyError) -> JSONValue {
        let stacks = kind.stackPlaces.flatMap { expanded($0.parts[...], in: tree) }.map {
            (place: $0, engine: tree.value(at: SpecPath($0))?["engine"]?.string)
        }
        var places = stacks.filter { $0.engine == request.engine }.map(\.place)
        if places.isEmpty, stacks.count == 1 { places = [stacks[0].place] }
        guard !places.isEmpty else {
            let names = stacks.compactMap(\.engine)
            throw StudyError(
                .cannotReplay, subject: "--engine \(request.engine)",
                reason: "the record has the stacks \(names.joined(separator: ", ")), so it does not say which is meant",
                remedy: "name one of these engines, with another version")
        }
        var values: [(String, JSONValue)] = [
            ("engine", .string(request.engine)),
            ("version", .string(request.version == .any ? "any" : request.version.description)),
        ]
        let (options, defaults) = (request.options, EngineOptions())
        if options.threads != defaults.threads { values.append(("threads", .integer(Int64(options.threads)))) }
        if options.device != defaults.device { values.append(("device", .string(options.device.description))) }
        if options.precision != defaults.precision { values.append(("precision", .string(options.precision.rawValue))) }
        if options.spinning != defaults.spinning { values.append(("spinning", .bool(options.spinning))) }
        if options.flushDenormals != defaults.flushDenormals {
            values.append(("flushDenormals", .bool(options.flushDenormals)))
        }
        if options.optimization != defaults.optimization {
            values.append(("optimization", .string(options.optimization.rawValue)))
        }
        return places.reduce(tree) { tree, stack in
            let stated = values.reduce(tree) { $0.setting($1.1, at: stack + [.key($1.0)]) }
            return options.extra.reduce(stated) { tree, pair in
                tree.setting(.string(pair.value), at: stack + [.key("extra"), .key(pair.key)])
            }
        }
    }
}
