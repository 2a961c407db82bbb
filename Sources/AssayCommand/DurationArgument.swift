import ArgumentParser
import Specs

/// A time on the command line, with its unit: `50ms`, `1.5 s`.
struct DurationArgument: ExpressibleByArgument {
    let duration: Duration

    init?(argument: String) {
        guard let duration = Duration(measure: argument), duration > .zero else { return nil }
        self.duration = duration
    }
}
