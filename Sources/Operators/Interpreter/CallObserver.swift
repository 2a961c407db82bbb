/// Watches the calls of an interpreter as they begin and end; a call that fails has no end.
///
/// The calls of a body or a function lie within the call that runs it.
public protocol CallObserver: AnyObject, Sendable {
    /// A call begins.
    func begin(_ site: CallSite)
    /// The call that began last has ended.
    func end(_ site: CallSite)
}
