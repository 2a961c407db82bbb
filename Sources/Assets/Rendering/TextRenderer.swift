import Dispatch
import Foundation
import Records
import Synchronization
import Tensors

/// Draws the pictures of a `TextRecipe` with `pango-view` into a folder of the store, once.
///
/// The folder holds the pictures and `labels.csv` (`path,label`).
public struct TextRenderer: Sendable {
    private let home: AssayHome
    private let runner: any CommandRunner
    private let progress: @Sendable (_ drawn: Int, _ total: Int) -> Void

    /// Makes a renderer; `progress` hears of each picture.
    public init(
        home: AssayHome, runner: any CommandRunner = ProcessRunner(),
        progress: @escaping @Sendable (_ drawn: Int, _ total: Int) -> Void = { _, _ in }
    ) {
        self.home = home
        self.runner = runner
        self.progress = progress
    }

    /// The folder that holds the pictures of a recipe; draws them first where they are missing.
    ///
    /// - Throws: `AssetError` when the tool, a font or a source text is missing.
    public func folder(for recipe: TextRecipe) throws(AssetError) -> String {
        let target = home.data + "/" + key(of: recipe)
        let home = home
        return try StoreLock.holding("render-" + key(of: recipe), home: home) { () throws(AssetError) in
            if FileManager.default.fileExists(atPath: target + "/labels.csv") { return target }
            let staging = try StagingFolder(home: home)
            defer { staging.remove() }
            let pictures = recipe.pictures(paragraphs: try paragraphs(of: recipe))
            try checkFonts(recipe.fonts)
            try draw(pictures, into: staging.path)
            let rows = pictures.map { "\($0.file),\"\($0.label.replacingOccurrences(of: "\"", with: "\"\""))\"" }
            try FileWriter.write(
                Bytes(copying: ("path,label\n" + rows.joined(separator: "\n") + "\n").utf8),
                to: staging.path + "/labels.csv")
            try FileTree.makeFolder(home.data)
            try FileTree.remove(target)
            try FileTree.move(staging.path, to: target)
            return target
        }
    }

    private func key(of recipe: TextRecipe) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = (try? encoder.encode(recipe)) ?? Data()
        return recipe.kind.rawValue + "-" + Records.SHA256.digest(of: data).short
    }

    /// The paragraphs of the sources that are long enough to set.
    private func paragraphs(of recipe: TextRecipe) throws(AssetError) -> [String] {
        var paragraphs: [String] = []
        for source in recipe.sources {
            guard let data = FileManager.default.contents(atPath: source) else {
                throw AssetError(
                    .unreadableFile, subject: source, reason: "the text to draw cannot be read",
                    remedy: "name text files that exist under 'sources'")
            }
            paragraphs += String(decoding: data, as: UTF8.self).components(separatedBy: "\n\n").map {
                $0.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            }.filter { $0.count > 80 }
        }
        guard !paragraphs.isEmpty else {
            throw AssetError(
                .notFound, subject: recipe.sources.joined(separator: ", "),
                reason: "no paragraph is longer than 80 letters")
        }
        return paragraphs
    }

    /// Fontconfig puts another font in the place of a missing one, silently: a picture would not be the recipe's.
    private func checkFonts(_ fonts: [String]) throws(AssetError) {
        for font in Set(fonts).sorted() {
            let found = try runner.run(Command("fc-list", [font, "family"])).output
            guard !found.isEmpty else {
                throw AssetError(
                    .notFound, subject: "font '\(font)'", reason: "this machine does not have it",
                    remedy:
                        "on Debian: apt-get install fonts-dejavu-core fonts-liberation fonts-freefont-ttf fontconfig")
            }
        }
    }

    private func draw(_ pictures: [TextRecipe.Picture], into folder: String) throws(AssetError) {
        let state = Mutex<(drawn: Int, error: AssetError?)>((0, nil))
        DispatchQueue.concurrentPerform(iterations: pictures.count) { index in
            guard state.withLock({ $0.error == nil }) else { return }
            let picture = pictures[index]
            do {
                let path = folder + "/" + picture.file
                let result = try runner.run(Command("pango-view", ["-q", "-o", path] + picture.arguments))
                guard result.status == 0, FileManager.default.fileExists(atPath: path) else {
                    throw AssetError(.toolFailed, subject: "pango-view", reason: result.errors)
                }
                let drawn = state.withLock {
                    $0.drawn += 1
                    return $0.drawn
                }
                progress(drawn, pictures.count)
            } catch let error as AssetError {
                state.withLock { $0.error = $0.error ?? error }
            } catch {
                state.withLock {
                    $0.error = $0.error ?? AssetError(.toolFailed, subject: "pango-view", reason: "\(error)")
                }
            }
        }
        if let error = state.withLock({ $0.error }) { throw error }
    }
}
