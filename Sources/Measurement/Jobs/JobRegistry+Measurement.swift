public import Engines

extension JobRegistry {
    /// The jobs of this module: `measure` and `probe`.
    public static var measurement: JobRegistry {
        var registry = JobRegistry()
        registry.register(MeasureJob.self)
        registry.register(ProbeJob.self)
        return registry
    }
}
