-- Adapters and their versions, which never change once they are there; and which of them answers.

CREATE TABLE adapter (
    id         uuid PRIMARY KEY,
    tenant_id  uuid NOT NULL DEFAULT current_tenant() REFERENCES tenant (id) ON DELETE CASCADE,
    name       text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (tenant_id, name),
    UNIQUE (tenant_id, id)
);

-- The highest number that was ever given under a name. Outlives the adapter, so that no number is given twice.
CREATE TABLE adapter_numbering (
    tenant_id uuid NOT NULL DEFAULT current_tenant() REFERENCES tenant (id) ON DELETE CASCADE,
    name      text NOT NULL,
    numbered  integer NOT NULL,
    PRIMARY KEY (tenant_id, name)
);

CREATE TABLE adapter_version (
    id                 uuid PRIMARY KEY,
    tenant_id          uuid NOT NULL DEFAULT current_tenant(),
    adapter_id         uuid NOT NULL,
    number             integer NOT NULL CHECK (number > 0),
    digest             text NOT NULL,
    base_name          text NOT NULL,
    base_digest        text,
    labels             jsonb NOT NULL,
    mode               text CHECK (mode IN ('single-label', 'multi-label')),
    bytes              bigint NOT NULL,
    rank               integer NOT NULL,
    metrics            jsonb,
    lineage            jsonb NOT NULL,
    source             text NOT NULL CHECK (source IN ('job', 'import')),
    job_id             uuid,
    dataset_version_id uuid,
    -- Rows that it was trained on were erased since.
    erased_rows        bigint NOT NULL DEFAULT 0,
    created_at         timestamptz NOT NULL DEFAULT now(),
    UNIQUE (adapter_id, number),
    UNIQUE (tenant_id, id),
    -- A job that publishes twice (its worker died between publishing and saying so) publishes the same version.
    UNIQUE (job_id),
    FOREIGN KEY (tenant_id, adapter_id) REFERENCES adapter (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX adapter_version_dataset ON adapter_version (dataset_version_id) WHERE dataset_version_id IS NOT NULL;

-- The files of an adapter's folder, each in order.
CREATE TABLE adapter_chunk (
    tenant_id  uuid NOT NULL DEFAULT current_tenant(),
    version_id uuid NOT NULL,
    file       text NOT NULL CHECK (file IN ('adapter_config.json', 'adapter_model.safetensors', 'taxon.json')),
    position   integer NOT NULL,
    data       bytea NOT NULL,
    PRIMARY KEY (version_id, file, position),
    FOREIGN KEY (tenant_id, version_id) REFERENCES adapter_version (tenant_id, id) ON DELETE CASCADE
);

-- Every change of a deployment takes the next number of this one sequence, so that nodes can ask for what is new.
CREATE SEQUENCE deployment_generation;

CREATE TABLE deployment (
    adapter_id     uuid PRIMARY KEY,
    tenant_id      uuid NOT NULL DEFAULT current_tenant(),
    active         integer,
    -- What rollback goes back to.
    previous       integer,
    canary         integer,
    canary_percent integer CHECK (canary_percent BETWEEN 1 AND 99),
    shadow         integer,
    generation     bigint NOT NULL,
    updated_at     timestamptz NOT NULL DEFAULT now(),
    CHECK ((canary IS NULL) = (canary_percent IS NULL)),
    FOREIGN KEY (tenant_id, adapter_id) REFERENCES adapter (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX deployment_changes ON deployment (generation);

-- What canary or shadow said beside the active version, counted by pair of best labels.
CREATE TABLE comparison_count (
    tenant_id    uuid NOT NULL DEFAULT current_tenant(),
    adapter_id   uuid NOT NULL,
    active       integer NOT NULL,
    other        integer NOT NULL,
    active_label text NOT NULL,
    other_label  text NOT NULL,
    texts        bigint NOT NULL,
    PRIMARY KEY (adapter_id, active, other, active_label, other_label),
    FOREIGN KEY (tenant_id, adapter_id) REFERENCES adapter (tenant_id, id) ON DELETE CASCADE
);

CALL isolate('adapter');
CALL isolate('adapter_numbering');
CALL isolate('adapter_version');
CALL isolate('adapter_chunk');
CALL isolate('deployment');
CALL isolate('comparison_count');
CALL look_across('adapter');
CALL look_across('deployment');

-- Servers that answer calls. Of no tenant; a node is alive while its heartbeat is young.
CREATE TABLE node (
    id           uuid PRIMARY KEY,
    role         text NOT NULL CHECK (role IN ('api', 'worker')),
    started_at   timestamptz NOT NULL DEFAULT now(),
    heartbeat_at timestamptz NOT NULL DEFAULT now(),
    -- Deployments up to this generation are loaded and answer here.
    generation   bigint NOT NULL DEFAULT 0
);

GRANT SELECT, INSERT, UPDATE, DELETE ON node TO ${application_role};
GRANT USAGE, SELECT ON SEQUENCE deployment_generation TO ${application_role};

-- For a node to learn what changed since it last looked, whoever's it is; nothing that a tenant wrote is in it.
CREATE FUNCTION deployments_since(known bigint, most integer)
    RETURNS TABLE (tenant_id uuid, adapter_id uuid, generation bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
    AS $$ SELECT d.tenant_id, d.adapter_id, d.generation FROM deployment d
          WHERE d.generation > known ORDER BY d.generation LIMIT most $$;

REVOKE ALL ON FUNCTION deployments_since(bigint, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION deployments_since(bigint, integer) TO ${application_role};
