import Assets
import Engines

/// The stacks of a study at each of its machines; one that cannot be reached fails what needs it, and nothing else.
struct CostPlaces: Sendable {
    private let stacks: [[Result<PreparedStack, AssetError>]]

    /// Brings every stack to every machine.
    ///
    /// - Parameter stacks: the stacks on this machine, with the titles that they keep everywhere.
    init(
        _ machines: [StackPlace], requests: [StackRequest], stacks: [PreparedStack], context: StudyContext
    ) throws {
        self.stacks = try machines.map { place in
            try zip(requests, stacks).map { request, here in
                guard place != .here else { return .success(here) }
                var request = request
                request.place = place
                do {
                    var stack = try context.stack(request)
                    stack.title = here.title
                    return .success(stack)
                } catch let error as AssetError {
                    return .failure(error)
                }
            }
        }
    }

    /// A stack at a machine.
    ///
    /// - Throws: `WorkerError` of code `launch` where it could not be brought there.
    func stack(_ index: Int, machine: Int) throws(WorkerError) -> PreparedStack {
        switch stacks[machine][index] {
        case .success(let stack): return stack
        case .failure(let error):
            throw WorkerError(.launch, subject: error.subject, reason: error.reason, remedy: error.remedy)
        }
    }
}
