/// A planner whose kernels can write their result among the channels of a wider tensor, so that joining takes no copy.
protocol PlacingPlanner: KernelPlanner {
    /// Where the result should lie; a draft that cannot obey chooses its own layout.
    var destination: Layout? { get set }
}
