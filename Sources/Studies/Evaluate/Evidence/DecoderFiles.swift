import Foundation
import Records

/// The libraries of picture formats that this process has opened, by content: a decoder is part of what a model is fed.
enum DecoderFiles {
    private static let names = ["libturbojpeg.so", "libpng16.so", "libwebp.so", "libopenjp2.so"]

    /// The files, by name; none where the system does not list what a process has mapped.
    static var ingredients: [Ingredient] {
        // Linux lists the files behind a process's memory; proc(5).
        let maps = (try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8)) ?? ""
        let paths = Set(
            maps.split(separator: "\n").compactMap { line in
                line.firstIndex(of: "/").map { String(line[$0...]) }
            }.filter { path in names.contains { path.contains("/" + $0) } })
        return paths.sorted().compactMap { path in
            guard let digest = try? SHA256.digest(ofFile: path) else { return nil }
            return Ingredient(.decoder, name: URL(fileURLWithPath: path).lastPathComponent, digest: digest)
        }
    }
}
