import Engines
import Foundation
import Records

extension MachineProbe {
    /// Prints what machine this is and ends the process, where it was started to tell that: what a worker is asked before it is
    /// put to use elsewhere.
    public static func tellIfAsked() {
        // A loader that was called by name leaves its own arguments in the list.
        guard CommandLine.arguments.contains(StackCarrier.describing) else { return }
        do {
            print(try JSONCoding.canonical(current()))
            exit(0)
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            exit(2)
        }
    }
}
