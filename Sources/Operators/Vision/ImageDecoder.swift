import Graphs
import ImageCodecs
import Tensors

/// The bytes of a picture file decoded to `[height, width, channels]`.
///
/// JPEG, PNG, WebP and JPEG 2000 through libraries of the machine; uncompressed BMP, PNM and baseline TIFF by Assay itself.
/// A file that is damaged or of no known format gives a picture without elements, as the standard asks; a library that is
/// absent is an error, because an empty picture would hide it.
struct ImageDecoder: Operator {
    let name = "ImageDecoder"
    let family = OperatorFamily.vision
    let agreement = Agreement.exact
    let signature = Signature(
        inputs: [.init("encoded_stream", [.uint8])], outputs: [.init("image", [.uint8])],
        attributes: [.init("pixel_format", default: .string("RGB"))], versions: [20])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        let order = try colorOrder(attributes(site))
        return [.tensor(.uint8, [.unknown, .unknown, .fixed(order.channels)])]
    }

    private func colorOrder(_ attributes: Attributes) throws(OperatorError) -> ColorOrder {
        let format = try attributes.string("pixel_format")
        switch format {
        case "RGB": return .rgb
        case "BGR": return .bgr
        case "Grayscale": return .gray
        default:
            throw OperatorError(
                .attribute, subject: attributes.path, reason: "pixel_format is '\(format)'",
                remedy: "use RGB, BGR or Grayscale")
        }
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let order = try colorOrder(attributes(call))
        let stream = try call.tensor(0)
        guard stream.shape.rank == 1, let bytes = stream.bytes else {
            throw OperatorError(
                .shape, subject: call.path, reason: "a file of shape \(stream.shape) is no row of bytes")
        }
        let image: Image
        do throws(ImageError) {
            image = try ImageCodec.decode(bytes, as: order)
        } catch {
            guard [.truncated, .malformed, .unknownFormat].contains(error.code) else {
                throw OperatorError(.unsupported, subject: call.path, reason: error.reason, remedy: error.remedy)
            }
            return [.tensor(try EmptyTensor.make(.uint8, [0, 0, order.channels], call.path))]
        }
        return [try .make(image.pixels, [image.height, image.width, order.channels], call.path)]
    }

    var examples: [Example] {
        func format(_ name: String) -> [Attribute] { [.init("pixel_format", .string(name))] }
        let pixmap = Array("P6\n2 1\n255\n".utf8) + [255, 0, 0, 10, 20, 30]
        // A bitmap of two rows, the lower first, each filled up to four bytes.
        var bitmap = Array("BM".utf8) + [UInt8](repeating: 0, count: 60)
        for (place, byte) in [
            (10, 54), (14, 40), (18, 1), (22, 2), (26, 1), (28, 24), (54, 9), (58, 1), (59, 2), (60, 3),
        ] {
            bitmap[place] = UInt8(byte)
        }
        return [
            Example(
                "a pixmap", opset: 20, inputs: [.tensor(pixmap)],
                expected: [.tensor([UInt8(255), 0, 0, 10, 20, 30], [1, 2, 3])], isDifferentiable: false),
            Example(
                "a bitmap, blue first", opset: 20, attributes: format("BGR"), inputs: [.tensor(bitmap)],
                expected: [.tensor([UInt8(1), 2, 3, 9, 0, 0], [2, 1, 3])], isDifferentiable: false),
            Example(
                "in gray", opset: 20, attributes: format("Grayscale"), inputs: [.tensor(pixmap)],
                expected: [.tensor([UInt8(76), 18], [1, 2, 1])], isDifferentiable: false),
            Example(
                "no picture", opset: 20, attributes: format("RGB"), inputs: [.tensor(Array("text".utf8))],
                expected: [.tensor([UInt8](), [0, 0, 3])], isDifferentiable: false),
        ]
    }
}
