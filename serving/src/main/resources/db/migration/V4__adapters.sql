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

-- Which versions answer. How a change of it reaches every node is told in docs/adr/0015.
CREATE TABLE deployment (
    adapter_id     uuid PRIMARY KEY,
    tenant_id      uuid NOT NULL DEFAULT current_tenant(),
    active         integer,
    -- What rollback goes back to.
    previous       integer,
    canary         integer,
    canary_percent integer CHECK (canary_percent BETWEEN 1 AND 99),
    shadow         integer,
    -- Of the last change; what ETag and If-Match carry.
    generation     bigint NOT NULL,
    updated_at     timestamptz NOT NULL DEFAULT now(),
    CHECK ((canary IS NULL) = (canary_percent IS NULL)),
    FOREIGN KEY (tenant_id, adapter_id) REFERENCES adapter (tenant_id, id) ON DELETE CASCADE
);

-- Every change of a deployment takes the next number of this one sequence.
CREATE SEQUENCE deployment_generation;

-- What nodes read to learn what changed, deletions too; refers to nothing, so that it outlives what was deleted. Nothing
-- that a tenant wrote is in it. Kept for as long as a node may go without reading it.
CREATE TABLE deployment_change (
    generation bigint PRIMARY KEY,
    tenant_id  uuid NOT NULL DEFAULT current_tenant() REFERENCES tenant (id) ON DELETE CASCADE,
    adapter_id uuid NOT NULL,
    at         timestamptz NOT NULL DEFAULT now()
);

-- What shadow said beside the active version, counted by pair of best labels.
CREATE TABLE comparison_count (
    tenant_id    uuid NOT NULL DEFAULT current_tenant(),
    adapter_id   uuid NOT NULL,
    active       integer NOT NULL,
    other        integer NOT NULL,
    active_label text NOT NULL,
    other_label  text NOT NULL,
    texts        bigint NOT NULL,
    counted_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (adapter_id, active, other, active_label, other_label),
    FOREIGN KEY (tenant_id, adapter_id) REFERENCES adapter (tenant_id, id) ON DELETE CASCADE
);

CALL isolate('adapter');
CALL isolate('adapter_numbering');
CALL isolate('adapter_version');
CALL isolate('adapter_chunk');
CALL isolate('deployment');
CALL isolate('comparison_count');
CALL isolate('deployment_change');
CALL look_across('deployment_change');
CREATE POLICY forget ON deployment_change FOR DELETE TO CURRENT_USER USING (true);

-- Servers that answer calls. Of no tenant; a node lives while its beat goes on.
CREATE TABLE node (
    id           uuid PRIMARY KEY,
    role         text NOT NULL CHECK (role IN ('api', 'worker')),
    started_at   timestamptz NOT NULL DEFAULT now(),
    beat         bigint NOT NULL DEFAULT 0,
    -- Changes up to this one it read anew when its lease began: it answers by them all.
    caught_up    bigint NOT NULL DEFAULT 0,
    -- For people. What judges nodes counts beats by its own clock, as clocks jump.
    heartbeat_at timestamptz NOT NULL DEFAULT now()
);

-- The last change of each adapter that a node answers by: from then on no older version answers there.
CREATE TABLE deployment_acknowledgement (
    node_id    uuid NOT NULL REFERENCES node (id) ON DELETE CASCADE,
    adapter_id uuid NOT NULL,
    generation bigint NOT NULL,
    PRIMARY KEY (node_id, adapter_id)
);

GRANT SELECT, INSERT, UPDATE, DELETE ON node, deployment_acknowledgement TO ${application_role};
GRANT USAGE, SELECT ON SEQUENCE deployment_generation TO ${application_role};

-- Notes a change of one of the tenant's adapters, and tells every node once that is committed. The lock, held until then,
-- makes changes visible in the order of their numbers: who has read one has read all before it.
CREATE FUNCTION change_deployment(adapter uuid) RETURNS bigint
    LANGUAGE plpgsql AS $$
DECLARE
    given bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('taxon.deployment_change'));
    given := nextval('deployment_generation');
    INSERT INTO deployment_change (generation, adapter_id) VALUES (given, adapter);
    PERFORM pg_notify('taxon_deployment', '');
    RETURN given;
END $$;

-- For a node to learn what changed since it last looked, whoever's it is.
CREATE FUNCTION deployment_changes(known bigint, most integer)
    RETURNS TABLE (tenant_id uuid, adapter_id uuid, generation bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
    AS $$ SELECT c.tenant_id, c.adapter_id, c.generation FROM deployment_change c
          WHERE c.generation > known ORDER BY c.generation LIMIT most $$;

-- For a node that starts with nothing read.
CREATE FUNCTION last_deployment_change() RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
    AS $$ SELECT coalesce(max(c.generation), 0) FROM deployment_change c $$;

-- A node that has not read for seconds starts anew, so what is older than hours is of use to none.
CREATE FUNCTION forget_deployment_changes() RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
    AS $$ DELETE FROM deployment_change c WHERE c.at < now() - interval '1 day' $$;

REVOKE ALL ON FUNCTION deployment_changes(bigint, integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION last_deployment_change() FROM PUBLIC;
REVOKE ALL ON FUNCTION forget_deployment_changes() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION deployment_changes(bigint, integer) TO ${application_role};
GRANT EXECUTE ON FUNCTION last_deployment_change() TO ${application_role};
GRANT EXECUTE ON FUNCTION forget_deployment_changes() TO ${application_role};
