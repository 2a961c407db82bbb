import Records
import ImageCodecs
import Tensors

/// Gray pictures of an IDX file.
struct IDXDataSet: DataSet {
    let name: String
    let pictures: IDXArray
    let labels: [Int]?
    let classNames: [String]

    var count: Int { pictures.shape[0] }
    var kind: SampleKind { .image(.gray) }

    func name(of index: Int) -> String { "\(name), picture \(index)" }

    func item(at index: Int) throws(AssetError) -> DataItem {
        try check(index)
        let (rows, columns) = (pictures.shape[1], pictures.shape[2])
        let area = rows * columns
        let samples = pictures.bytes.slice((index * area)..<((index + 1) * area))?.array ?? []
        let image = try picture(name(of: index)) { () throws(ImageError) in
            try Image(width: columns, height: rows, colorOrder: .gray, pixels: samples)
        }
        return DataItem(name: name(of: index), sample: .image(image), label: labels.map { .index($0[index]) })
    }

    func contentHash() throws(AssetError) -> Digest {
        var digest = DataDigest()
        digest.add("\(pictures.shape)")
        digest.add(pictures.bytes)
        digest.add(labels.map { "\($0)" } ?? "")
        return digest.finalize()
    }
}
