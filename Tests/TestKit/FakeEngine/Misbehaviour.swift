import Engines
import Foundation

/// Does in earnest what a broken engine does to its process.
enum Misbehaviour {
    static func commit(_ mishap: FakeModel.Mishap, protocolDescriptor: Int32) throws(EngineError) {
        switch mishap {
        case .signal(let number):
            kill(getpid(), number)
            // Another thread may be the one that takes it.
            while true { sleep(1000) }
        case .nullPointer:
            // Address 8 is never mapped; the optimiser may not assume so.
            let address = UnsafePointer<Int>(bitPattern: 8 + Int(getpid() & 0))
            if let address { print(address.pointee) }
        case .exit(let code): _exit(code)
        case .hang:
            print("hanging")
            fflush(nil)
            while true { sleep(1000) }
        case .rubbish:
            let text = Array("Segmentation violation? No: only a library that prints\n".utf8)
            _ = write(protocolDescriptor, text, text.count)
        case .chatter:
            print("a library says hello on standard output")
            fflush(nil)
        case .error:
            throw EngineError(.runFailed, subject: "fake", reason: "it was told to fail", remedy: "tell it not to")
        case .closeOutput:
            close(protocolDescriptor)
            while true { sleep(1000) }
        case .orphan:
            // In the worker's own process group, as what a library starts would be.
            var child = pid_t()
            var arguments = [strdup("sleep"), strdup("1000"), nil]
            posix_spawn(&child, "/bin/sleep", nil, nil, &arguments, nil)
            kill(getpid(), SIGKILL)
        }
    }
}
