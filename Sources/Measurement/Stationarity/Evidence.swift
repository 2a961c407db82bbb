import Foundation
import Records

/// Numbers in the words of a certificate.
enum Evidence {
    static func percent(_ share: Double) -> String {
        let percent = share * 100
        return MetricUnit.digits(percent, decimals: abs(percent) < 10 ? 1 : 0) + " %"
    }

    static func time(_ nanoseconds: Int64) -> String { MetricUnit.nanoseconds.format(Double(nanoseconds)) }

    static func number(_ value: Double) -> String { MetricUnit.digits(value, decimals: 2) }
}
