/// One step of the store's schema, in the SQL that SQLite and PostgreSQL share.
///
/// Types have the names of PostgreSQL; SQLite takes any name and gives BIGINT, DOUBLE PRECISION and TEXT the right
/// affinity, and leaves bytes in a BYTEA column as they are. Parameters are written `$1`, `$2`, each once and in order.
struct Migration: Sendable {
    /// The version of the schema after this step.
    let version: Int
    /// The statements, in order.
    let statements: [String]

    /// All steps; a published step is never changed, a new one is added after it.
    static let all = [
        Migration(
            version: 1,
            statements: [
                """
                CREATE TABLE records (
                    id TEXT NOT NULL PRIMARY KEY,
                    study TEXT NOT NULL,
                    title TEXT NOT NULL,
                    created BIGINT NOT NULL,
                    partial BIGINT NOT NULL,
                    metric_count BIGINT NOT NULL,
                    failed_verdicts BIGINT NOT NULL,
                    search TEXT NOT NULL,
                    document TEXT NOT NULL
                )
                """,
                "CREATE INDEX records_created ON records (created)",
                """
                CREATE TABLE record_names (
                    record TEXT NOT NULL REFERENCES records (id),
                    role TEXT NOT NULL,
                    ordinal BIGINT NOT NULL,
                    name TEXT NOT NULL,
                    PRIMARY KEY (record, role, ordinal)
                )
                """,
                "CREATE INDEX record_names_name ON record_names (role, name)",
                """
                CREATE TABLE metrics (
                    record TEXT NOT NULL REFERENCES records (id),
                    ordinal BIGINT NOT NULL,
                    name TEXT NOT NULL,
                    labels TEXT NOT NULL,
                    unit TEXT NOT NULL,
                    number DOUBLE PRECISION,
                    lower_bound DOUBLE PRECISION,
                    upper_bound DOUBLE PRECISION,
                    confidence DOUBLE PRECISION,
                    method TEXT,
                    sample_count BIGINT,
                    kind TEXT NOT NULL,
                    reason TEXT,
                    varies BIGINT NOT NULL,
                    PRIMARY KEY (record, ordinal)
                )
                """,
                "CREATE INDEX metrics_name ON metrics (name)",
                """
                CREATE TABLE blobs (
                    sha256 TEXT NOT NULL PRIMARY KEY,
                    content BYTEA NOT NULL
                )
                """,
                """
                CREATE TABLE series (
                    record TEXT NOT NULL REFERENCES records (id),
                    ordinal BIGINT NOT NULL,
                    name TEXT NOT NULL,
                    labels TEXT NOT NULL,
                    unit TEXT NOT NULL,
                    sample_count BIGINT NOT NULL,
                    sha256 TEXT NOT NULL REFERENCES blobs (sha256),
                    PRIMARY KEY (record, ordinal)
                )
                """,
                "CREATE INDEX series_sha256 ON series (sha256)",
                """
                CREATE TABLE exhibits (
                    record TEXT NOT NULL REFERENCES records (id),
                    ordinal BIGINT NOT NULL,
                    name TEXT NOT NULL,
                    document TEXT NOT NULL,
                    PRIMARY KEY (record, ordinal)
                )
                """,
                """
                CREATE TABLE pictures (
                    record TEXT NOT NULL REFERENCES records (id),
                    exhibit BIGINT NOT NULL,
                    ordinal BIGINT NOT NULL,
                    sha256 TEXT NOT NULL REFERENCES blobs (sha256),
                    PRIMARY KEY (record, exhibit, ordinal)
                )
                """,
                "CREATE INDEX pictures_sha256 ON pictures (sha256)",
            ]),
        // How many samples each round of each process has, as JSON; empty where that is not known.
        Migration(version: 2, statements: ["ALTER TABLE series ADD COLUMN rounds TEXT NOT NULL DEFAULT ''"]),
    ]

    /// The newest version that this program knows.
    static var newest: Int { all.last?.version ?? 0 }
}
