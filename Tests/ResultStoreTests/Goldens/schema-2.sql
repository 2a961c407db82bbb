CREATE TABLE blobs (
    sha256 TEXT NOT NULL PRIMARY KEY,
    content BYTEA NOT NULL
);
CREATE TABLE exhibits (
    record TEXT NOT NULL REFERENCES records (id),
    ordinal BIGINT NOT NULL,
    name TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (record, ordinal)
);
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
);
CREATE INDEX metrics_name ON metrics (name);
CREATE TABLE pictures (
    record TEXT NOT NULL REFERENCES records (id),
    exhibit BIGINT NOT NULL,
    ordinal BIGINT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES blobs (sha256),
    PRIMARY KEY (record, exhibit, ordinal)
);
CREATE INDEX pictures_sha256 ON pictures (sha256);
CREATE TABLE record_names (
    record TEXT NOT NULL REFERENCES records (id),
    role TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (record, role, ordinal)
);
CREATE INDEX record_names_name ON record_names (role, name);
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
);
CREATE INDEX records_created ON records (created);
CREATE TABLE schema_version (version BIGINT NOT NULL);
CREATE TABLE series (
    record TEXT NOT NULL REFERENCES records (id),
    ordinal BIGINT NOT NULL,
    name TEXT NOT NULL,
    labels TEXT NOT NULL,
    unit TEXT NOT NULL,
    sample_count BIGINT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES blobs (sha256), rounds TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (record, ordinal)
);
CREATE INDEX series_sha256 ON series (sha256);
