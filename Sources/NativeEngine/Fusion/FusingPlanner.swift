/// A planner whose kernels can go on to compute on their result before they store it.
protocol FusingPlanner: KernelPlanner {
    /// What is done to each element of the result, in order.
    var postOperations: [PostOperation] { get set }
    /// Whether its kernels can do all of these.
    func fuses(_ operations: [PostOperation]) -> Bool
}
