/// The rounding of scaled channel counts.
///
/// It is what the MobileNet and EfficientNet families share: to the nearest multiple of
/// 8, never below nine tenths of the scaled count (Sandler et al. 2018; Tan and Le 2019, reference implementations).
enum ChannelRounding {
    static func scaled(_ channels: Int, by factor: Double, divisor: Int = 8) -> Int {
        let exact = Double(channels) * factor
        let rounded = max(divisor, Int(exact + Double(divisor) / 2) / divisor * divisor)
        return Double(rounded) < 0.9 * exact ? rounded + divisor : rounded
    }
}
