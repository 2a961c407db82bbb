import Engines

/// The same elements under another shape: nothing to compute; a plan lets both share their memory.
struct ViewPlanner: KernelPlanner {
    func takes(_ operands: [KernelOperand?]) -> Bool { true }

    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? { nil }
}
