-- Labelled rows. A row of a data set stands once however many versions have it, so that deleting it deletes it from all.

CREATE TABLE dataset (
    id         uuid PRIMARY KEY,
    tenant_id  uuid NOT NULL DEFAULT current_tenant() REFERENCES tenant (id) ON DELETE CASCADE,
    name       text NOT NULL,
    -- The highest number that was ever given, so that none is given twice.
    numbered   integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (tenant_id, name),
    UNIQUE (tenant_id, id)
);

CREATE TABLE dataset_version (
    id         uuid PRIMARY KEY,
    tenant_id  uuid NOT NULL DEFAULT current_tenant(),
    dataset_id uuid NOT NULL,
    -- Given when the file is there whole, so that numbers are consecutive whatever became of other uploads.
    number     integer CHECK (number > 0),
    -- receiving: the file is on its way; stored: it waits for a worker; ready and refused are for good.
    state      text NOT NULL CHECK (state IN ('receiving', 'stored', 'importing', 'ready', 'refused')),
    source     text NOT NULL CHECK (source IN ('upload', 'feedback')),
    format     text CHECK (format IN ('jsonl', 'csv', 'parquet')),
    bytes      bigint NOT NULL DEFAULT 0,
    sha256     bytea,
    row_count  bigint,
    report     jsonb,
    problem    jsonb,
    import_job uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    -- When the last piece of the file came.
    touched_at timestamptz NOT NULL DEFAULT now(),
    CHECK ((number IS NULL) = (state = 'receiving')),
    UNIQUE (dataset_id, number),
    UNIQUE (tenant_id, id),
    FOREIGN KEY (tenant_id, dataset_id) REFERENCES dataset (tenant_id, id) ON DELETE CASCADE
);

-- The file as it came, in order, until a worker has read it.
CREATE TABLE dataset_chunk (
    tenant_id  uuid NOT NULL DEFAULT current_tenant(),
    version_id uuid NOT NULL,
    position   integer NOT NULL,
    data       bytea NOT NULL,
    PRIMARY KEY (version_id, position),
    FOREIGN KEY (tenant_id, version_id) REFERENCES dataset_version (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE dataset_row (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id   uuid NOT NULL DEFAULT current_tenant(),
    dataset_id  uuid NOT NULL,
    -- Of text, true labels and labels offered: what makes two rows the same.
    digest      bytea NOT NULL CHECK (octet_length(digest) = 32),
    text        text NOT NULL,
    true_labels text[] NOT NULL,
    all_labels  text[],
    UNIQUE (dataset_id, digest),
    UNIQUE (tenant_id, id),
    FOREIGN KEY (tenant_id, dataset_id) REFERENCES dataset (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE dataset_version_row (
    tenant_id  uuid NOT NULL DEFAULT current_tenant(),
    version_id uuid NOT NULL,
    position   bigint NOT NULL,
    row_id     bigint NOT NULL,
    PRIMARY KEY (version_id, position),
    FOREIGN KEY (tenant_id, version_id) REFERENCES dataset_version (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, row_id) REFERENCES dataset_row (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX dataset_version_row_row ON dataset_version_row (row_id);

CALL isolate('dataset');
CALL isolate('dataset_version');
CALL isolate('dataset_chunk');
CALL isolate('dataset_row');
CALL isolate('dataset_version_row');
CALL look_across('dataset_version');

-- Uploads whose api died before they were whole.
CREATE FUNCTION abandoned_uploads(silence interval, most integer)
    RETURNS TABLE (tenant_id uuid, version_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
    AS $$ SELECT v.tenant_id, v.id FROM dataset_version v
          WHERE v.state = 'receiving' AND v.touched_at < now() - silence LIMIT most $$;

CREATE INDEX dataset_version_receiving ON dataset_version (touched_at) WHERE state = 'receiving';

REVOKE ALL ON FUNCTION abandoned_uploads(interval, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION abandoned_uploads(interval, integer) TO ${application_role};

-- Rows come in by COPY, which knows no row-level security, hence into a table of the transaction's own first.
DO $$ BEGIN
    EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO ${application_role}', current_database());
END $$;
