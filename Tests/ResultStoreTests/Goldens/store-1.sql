-- A store as version 1 of the schema leaves it: one record, one metric, two samples.
CREATE TABLE schema_version (version BIGINT NOT NULL);
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
CREATE TABLE record_names (
    record TEXT NOT NULL REFERENCES records (id),
    role TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (record, role, ordinal)
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
CREATE TABLE blobs (
    sha256 TEXT NOT NULL PRIMARY KEY,
    content BYTEA NOT NULL
);
CREATE TABLE series (
    record TEXT NOT NULL REFERENCES records (id),
    ordinal BIGINT NOT NULL,
    name TEXT NOT NULL,
    labels TEXT NOT NULL,
    unit TEXT NOT NULL,
    sample_count BIGINT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES blobs (sha256),
    PRIMARY KEY (record, ordinal)
);
CREATE TABLE exhibits (
    record TEXT NOT NULL REFERENCES records (id),
    ordinal BIGINT NOT NULL,
    name TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (record, ordinal)
);
CREATE TABLE pictures (
    record TEXT NOT NULL REFERENCES records (id),
    exhibit BIGINT NOT NULL,
    ordinal BIGINT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES blobs (sha256),
    PRIMARY KEY (record, exhibit, ordinal)
);
CREATE INDEX metrics_name ON metrics (name);
CREATE INDEX pictures_sha256 ON pictures (sha256);
CREATE INDEX record_names_name ON record_names (role, name);
CREATE INDEX records_created ON records (created);
CREATE INDEX series_sha256 ON series (sha256);
INSERT INTO schema_version (version) VALUES (1);
INSERT INTO records VALUES ('20260729-101112-4f3a9c','evaluate','Kept by version 1',1785319872345,0,1,0,'kept by version 1','{"created":"2026-07-29T10:11:12.345Z","exhibits":[],"id":"20260729-101112-4f3a9c","ingredients":[],"lock":{},"machine":{"accelerators":[],"architecture":"x86_64","caches":{},"features":[],"kernel":"","load":[],"logicalCores":2,"operatingSystem":"Debian GNU/Linux 12","processor":"cpu","virtualization":[]},"metrics":[],"notes":[],"outcomes":[],"schema":"assay.record/1","seed":1,"series":[],"spec":{"samples":2},"study":"evaluate","title":"Kept by version 1","tool":"0.1.0","verdicts":[]}');
INSERT INTO metrics VALUES ('20260729-101112-4f3a9c',0,'latency.median','{"stack":"native"}','ns',7150000.0,7078500.0,7235800.0,0.95,'order-statistics',2,'measured',NULL,1);
INSERT INTO blobs VALUES ('2a654d499beaa88b4d1f19c7e45f1a1c05a9523cba6e706b10c23462818a4a1c',X'60566c000000000000dd6d0000000000');
INSERT INTO series VALUES ('20260729-101112-4f3a9c',0,'latency','{}','ns',2,'2a654d499beaa88b4d1f19c7e45f1a1c05a9523cba6e706b10c23462818a4a1c');
