/// Reports how many bytes have arrived in a folder, whenever that number has changed.
final class ByteReport {
    private let folder: String
    private let report: (Int) -> Void
    private var last = 0
    private var calls = 0

    init(folder: String, report: @escaping (Int) -> Void) {
        self.folder = folder
        self.report = report
    }

    /// Looks at the folder at every tenth call.
    func poll() {
        calls += 1
        guard calls % 10 == 0 else { return }
        let size = FileTree.size(of: folder)
        if size != last {
            last = size
            report(size)
        }
    }
}
