public import Specs

/// The data sources that a spec can name.
public enum DataCatalogue {
    /// One data source in a spec: `folder: {path: photos}`.
    public static let type = SpecType<any DataSource>.choice(
        "data", "Where samples come from.",
        [
            form(FolderPerClass.self), form(LabelledNames.self), form(FileList.self), form(TableOfSamples.self),
            form(IDXFiles.self), form(NumpyArrays.self), form(SyntheticInputs.self),
        ])

    /// The documentation of every source, as Markdown.
    public static let markdown: [String] = [
        FolderPerClass.spec.markdown, LabelledNames.spec.markdown, FileList.spec.markdown,
        TableOfSamples.spec.markdown, IDXFiles.spec.markdown, NumpyArrays.spec.markdown, SyntheticInputs.spec.markdown,
    ]

    private static func form<Source: DataSource>(_ source: Source.Type) -> SpecCase<any DataSource> {
        SpecCase(
            source.name, source.spec.type, source.spec.documentation, wrap: { $0 }, unwrap: { $0 as? Source })
    }
}
