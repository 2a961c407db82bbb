import Assets
import Records
import Foundation
import ImageCodecs
import Tensors
import Testing

/// Where the twenty ImageNet photos of foolbox 3.3.4 lie: the folder named by `ASSAY_PHOTOS`.
private let photoFolder = ProcessInfo.processInfo.environment["ASSAY_PHOTOS"]

@Suite(
    .enabled(if: photoFolder != nil, "needs ASSAY_PHOTOS: a folder with the photos of foolbox==3.3.4, foolbox/data"),
    .enabled(if: ImageCodec.unavailability(of: .jpeg) == nil, "needs libturbojpeg0"))
struct ImagePhotoTests {
    struct Photo: Decodable {
        let name: String
        let decoded: String
        let resized: [String: String]
    }

    @Test func decodedAndResizedBytesAreThoseOfThePublishedScores() throws {
        let photos = try StepGoldens.json("photos.json", as: [Photo].self)
        #expect(photos.count == 20)
        for photo in photos {
            let bytes = try Bytes(mapping: #require(photoFolder) + "/" + photo.name)
            let image = try ImageCodec.decode(bytes, as: .rgb, subject: photo.name)
            #expect(SHA256.hash(Bytes(copying: image.pixels)).hex == photo.decoded, "\(photo.name)")
            #expect(photo.resized.count == 4)
            for (size, hash) in photo.resized {
                let side = try #require(Int(size))
                let small = try image.resized(width: side, height: side, filter: .pillowBicubic)
                #expect(SHA256.hash(Bytes(copying: small.pixels)).hex == hash, "\(photo.name) at \(size)")
            }
        }
    }
}
