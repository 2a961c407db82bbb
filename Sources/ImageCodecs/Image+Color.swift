extension Image {
    /// The same picture with other channels.
    ///
    /// Gray of a colour is (19595 R + 38470 G + 7471 B + 32768) / 65536 rounded down: ITU-R BT.601 luma in 16-bit fixed
    /// point, as in Pillow. Colour of a gray repeats it in every channel.
    public func converted(to target: ColorOrder) -> Image {
        guard target != colorOrder else { return self }
        let samples: [UInt8] =
            switch (colorOrder, target) {
            case (.gray, _): repeatingGray()
            case (_, .gray): luma()
            default: reversingChannels()
            }
        return Image(checkedWidth: width, height: height, colorOrder: target, pixels: samples)
    }

    private func repeatingGray() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: pixels.count * 3) { target, initialized in
            pixels.withUnsafeBufferPointer { source in
                for pixel in 0..<source.count {
                    target[3 * pixel] = source[pixel]
                    target[3 * pixel + 1] = source[pixel]
                    target[3 * pixel + 2] = source[pixel]
                }
            }
            initialized = pixels.count * 3
        }
    }

    private func luma() -> [UInt8] {
        let (red, blue) = colorOrder == .rgb ? (0, 2) : (2, 0)
        let count = width * height
        return [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
            pixels.withUnsafeBufferPointer { source in
                for pixel in 0..<count {
                    let at = 3 * pixel
                    let sum =
                        19595 * UInt32(source[at + red]) + 38470 * UInt32(source[at + 1])
                        + 7471 * UInt32(source[at + blue]) + 0x8000
                    target[pixel] = UInt8(truncatingIfNeeded: sum >> 16)
                }
            }
            initialized = count
        }
    }

    private func reversingChannels() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: pixels.count) { target, initialized in
            pixels.withUnsafeBufferPointer { source in
                for at in stride(from: 0, to: source.count, by: 3) {
                    target[at] = source[at + 2]
                    target[at + 1] = source[at + 1]
                    target[at + 2] = source[at]
                }
            }
            initialized = pixels.count
        }
    }
}
