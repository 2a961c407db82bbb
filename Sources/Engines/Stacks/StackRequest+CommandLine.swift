public import Assets
import Foundation

extension StackRequest {
    /// Reads a stack as the command line has it: `onnxruntime`, `onnxruntime@1.20`, `onnxruntime{threads=2}` or
    /// `calibration{latency=1ms,jitter=5%}`.
    ///
    /// The version may be a constraint. In braces stand `threads`, `precision`, `device`, `spinning`,
    /// `flushDenormals`, `optimization` and `machine`; any other name is a setting of the engine's own.
    ///
    /// - Throws: `AssetError` of code `invalidVersion` or `invalidStack`.
    public init(commandLine text: String, options: EngineOptions = EngineOptions()) throws(AssetError) {
        let brace = text.firstIndex(of: "{") ?? text.endIndex
        var options = options
        var place = StackPlace.here
        if brace < text.endIndex {
            guard text.hasSuffix("}") else { throw Self.refusal(text, "its settings do not end with '}'") }
            for setting in text[text.index(after: brace)...].dropLast().split(separator: ",") {
                guard let mark = setting.firstIndex(of: "="), mark > setting.startIndex else {
                    throw Self.refusal(text, "'\(setting)' is not NAME=VALUE")
                }
                let name = setting[..<mark].trimmingCharacters(in: .whitespaces)
                let value = setting[setting.index(after: mark)...].trimmingCharacters(in: .whitespaces)
                if name == "machine" {
                    guard let named = try? StackPlace.list(commandLine: [value]), let first = named.first else {
                        throw Self.refusal(
                            text, "'\(value)' is no machine; it is here, ssh:HOST or image:NAME@sha256:DIGEST")
                    }
                    place = first
                    continue
                }
                guard options.set(name, to: value) else { throw Self.refusal(text, "'\(value)' is no \(name)") }
            }
        }
        let parts = text[..<brace].split(separator: "@", maxSplits: 1).map(String.init)
        let version = parts.count > 1 ? parts[1] : ""
        // `@1.20` means the newest 1.20.x, as users read it; an operator is taken at its word.
        let constraint = version.isEmpty || "<>=!~".contains(version.prefix(1)) ? version : "==\(version).*"
        self.init(
            parts.first ?? "", version: version.isEmpty ? .any : try VersionConstraint(constraint), options: options,
            place: place)
    }

    /// Reads several stacks with commas between them; commas within braces part settings.
    ///
    /// - Throws: `AssetError` of code `invalidVersion` or `invalidStack`.
    public static func list(
        commandLine text: String, options: EngineOptions = EngineOptions()
    ) throws(AssetError) -> [StackRequest] {
        var words = [""]
        var depth = 0
        for character in text {
            depth += character == "{" ? 1 : character == "}" ? -1 : 0
            if character == ",", depth == 0 { words.append("") } else { words[words.count - 1].append(character) }
        }
        guard depth == 0 else { throw refusal(text, "its braces do not match") }
        var requests: [StackRequest] = []
        for word in words.map({ $0.trimmingCharacters(in: .whitespaces) }) where !word.isEmpty {
            requests.append(try StackRequest(commandLine: word, options: options))
        }
        return requests
    }

    private static func refusal(_ text: String, _ reason: String) -> AssetError {
        AssetError(
            .invalidStack, subject: "stack '\(text)'", reason: reason,
            remedy: "write it as onnxruntime@1.20{threads=2} or calibration{latency=1ms,jitter=5%}")
    }
}

extension AssetError.Code {
    /// A stack on the command line cannot be read.
    public static let invalidStack = Self(rawValue: "asset.invalid-stack")
}

extension EngineOptions {
    /// Sets an option from words; `false` where the value does not fit.
    fileprivate mutating func set(_ name: String, to value: String) -> Bool {
        switch name {
        case "threads":
            guard let number = Int(value), (1...4096).contains(number) else { return false }
            threads = number
        case "device":
            guard let device = ComputeDevice(value) else { return false }
            self.device = device
        case "precision":
            guard let precision = Precision(rawValue: value) else { return false }
            self.precision = precision
        case "optimization":
            guard let optimization = Optimization(rawValue: value) else { return false }
            self.optimization = optimization
        case "spinning":
            guard let flag = Bool(value) else { return false }
            spinning = flag
        case "flushDenormals":
            guard let flag = Bool(value) else { return false }
            flushDenormals = flag
        default: extra[name] = value
        }
        return true
    }
}
