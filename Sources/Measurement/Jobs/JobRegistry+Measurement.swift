public import Engines

extension JobRegistry {
    /// The jobs of this module: `measure`, `profile`, `probe`, `peak`, `trace`, `scenario` and `clock`.
    public static var measurement: JobRegistry {
        var registry = JobRegistry()
        registry.register(MeasureJob.self)
        registry.register(ProfileJob.self)
        registry.register(ProbeJob.self)
        registry.register(PeakJob.self)
        registry.register(TraceJob.self)
        registry.register(ScenarioJob.self)
        registry.register(ClockJob.self)
        return registry
    }
}
