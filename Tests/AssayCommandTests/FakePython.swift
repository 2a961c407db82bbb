import Foundation

/// A `python3` that answers as the package index and pip would, so that their part is tested without a network.
struct FakePython {
    private let answer: String

    /// The index knows these versions of any package, as wheels of this platform.
    init(versions: [String]) {
        let files = versions.map { version in
            let name = "onnxruntime-\(version)-cp311-cp311-manylinux_2_17_x86_64.whl"
            let hash = String(repeating: "0", count: 64)
            return #"{"filename":"\#(name)","url":"https://example.org/\#(name)","sha256":"\#(hash)","yanked":false}"#
        }
        answer = "cat <<'END'\n[\(files.joined(separator: ","))]\nEND\n"
    }

    /// pip downloads a wheel with these contents, whatever was asked for.
    init(wheel contents: String) {
        answer = """
            while [ $# -gt 0 ]; do
              if [ "$1" = --dest ]; then folder="$2"; fi
              shift
            done
            printf '%s' '\(contents)' > "$folder/package-1.0-py3-none-any.whl"

            """
    }

    /// Puts it into the folder `bin` of a program's folder.
    func install(in program: AssayProgram) throws {
        try program.write("#!/bin/sh\n" + answer, to: "bin/python3")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.file("bin/python3"))
    }
}
