/// What happens while a file is fetched.
public enum FetchProgress: Sendable, Hashable {
    /// A download begins.
    case started(Artifact)
    /// So many bytes have arrived so far.
    case received(Artifact, bytes: Int)
    /// The file is there and its hash is right; `wasCached` when nothing had to be downloaded.
    case finished(Artifact, bytes: Int, wasCached: Bool)
}
