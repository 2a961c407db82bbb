public import Foundation

/// Pictures with captions: inputs that a model got wrong, attacks, attributions.
public struct ImageGrid: Sendable, Hashable, Codable {
    /// An encoded picture.
    public struct Picture: Sendable, Hashable, Codable {
        /// How a picture is encoded.
        public enum Encoding: String, Sendable, Hashable, Codable {
            /// PNG.
            case png = "image/png"
            /// JPEG.
            case jpeg = "image/jpeg"
        }

        /// What it shows, in a few words.
        public var caption: String
        /// Further lines under the caption.
        public var details: [String]
        /// Whether what the caption says is right, where that is a question.
        public var state: Verdict.State?
        /// How the bytes are encoded.
        public var encoding: Encoding
        /// The encoded bytes; base64 in JSON.
        public var data: Data

        /// Makes a picture.
        public init(
            _ caption: String, details: [String] = [], state: Verdict.State? = nil, encoding: Encoding, data: Data
        ) {
            self.caption = caption
            self.details = details
            self.state = state
            self.encoding = encoding
            self.data = data
        }
    }

    /// The pictures, in reading order.
    public var pictures: [Picture]

    /// Makes a grid.
    public init(_ pictures: [Picture]) {
        self.pictures = pictures
    }
}
