-- Long work. A row of job is the truth about it: who holds it, under which attempt, how far it is.

CREATE TABLE job (
    id                 uuid PRIMARY KEY,
    tenant_id          uuid NOT NULL DEFAULT current_tenant() REFERENCES tenant (id) ON DELETE CASCADE,
    kind               text NOT NULL CHECK (kind IN ('import', 'lora', 'ppo', 'evaluate', 'classify')),
    state              text NOT NULL CHECK (state IN
        ('queued', 'validating', 'running', 'evaluating', 'succeeded', 'failed', 'cancelled')),
    -- What was asked for, as the wire had it.
    request            jsonb NOT NULL,
    adapter            text,
    dataset_version_id uuid,
    -- Each time that a worker takes the job it is the next attempt; writes under another one are refused.
    attempt            integer NOT NULL DEFAULT 0,
    -- Attempts since the last new checkpoint.
    fruitless          integer NOT NULL DEFAULT 0,
    worker             uuid,
    -- What the first attempt computed in, so that all others end with the same adapter.
    compute_type       text,
    heartbeat_at       timestamptz,
    problem            jsonb,
    progress           jsonb,
    estimate           jsonb,
    result             jsonb,
    -- How far the checkpoint is: steps of training, rows of a file.
    checkpoint_step    bigint,
    -- Counts checkpoints: its files are those of job_checkpoint_chunk under this number.
    checkpoint         bigint NOT NULL DEFAULT 0,
    events             integer NOT NULL DEFAULT 0,
    created_at         timestamptz NOT NULL DEFAULT now(),
    started_at         timestamptz,
    ended_at           timestamptz,
    UNIQUE (tenant_id, id)
);

CREATE INDEX job_of_tenant ON job (tenant_id, created_at DESC, id);
-- Whose turn it is: the tenant's whose last start lies longest ago.
CREATE INDEX job_starts ON job (tenant_id, started_at);
CREATE INDEX job_ended ON job (ended_at);
CREATE INDEX job_unfinished ON job (state, heartbeat_at) WHERE ended_at IS NULL;

CREATE TABLE job_event (
    tenant_id uuid NOT NULL DEFAULT current_tenant(),
    job_id    uuid NOT NULL,
    number    integer NOT NULL,
    kind      text NOT NULL,
    data      jsonb NOT NULL,
    at        timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (job_id, number),
    FOREIGN KEY (tenant_id, job_id) REFERENCES job (tenant_id, id) ON DELETE CASCADE
);

-- A job's checkpoint is a set of files that stands whole under one number, or not at all. What a checkpoint shares with the
-- one before it, known by its digest, goes on to the next number without being written again.
CREATE TABLE job_checkpoint_chunk (
    tenant_id  uuid NOT NULL DEFAULT current_tenant(),
    job_id     uuid NOT NULL,
    checkpoint bigint NOT NULL,
    file       text NOT NULL,
    position   integer NOT NULL,
    digest     bytea NOT NULL CHECK (octet_length(digest) = 32),
    data       bytea NOT NULL,
    PRIMARY KEY (job_id, checkpoint, file, position),
    FOREIGN KEY (tenant_id, job_id) REFERENCES job (tenant_id, id) ON DELETE CASCADE
);

-- Weights do not compress.
ALTER TABLE job_checkpoint_chunk ALTER COLUMN data SET STORAGE EXTERNAL;

-- What GET /v1/jobs/{id}/result streams: for a classify job its lines, in order.
CREATE TABLE job_result_chunk (
    tenant_id uuid NOT NULL DEFAULT current_tenant(),
    job_id    uuid NOT NULL,
    position  integer NOT NULL,
    data      bytea NOT NULL,
    PRIMARY KEY (job_id, position),
    FOREIGN KEY (tenant_id, job_id) REFERENCES job (tenant_id, id) ON DELETE CASCADE
);

CALL isolate('job');
CALL isolate('job_event');
CALL isolate('job_checkpoint_chunk');
CALL isolate('job_result_chunk');
CALL look_across('job');
CREATE POLICY claim ON job FOR UPDATE TO CURRENT_USER USING (true) WITH CHECK (true);

-- Takes the job that should run next, whoever's it is: one that was begun before any other; then one of the tenant that
-- has the fewest under way and whose last start lies longest ago; of a tenant's the oldest. One worker at a time gets a
-- job; each taking is a new attempt. A worker that has been silent for too long no longer holds its job.
CREATE FUNCTION claim_job(claimant uuid, kinds text[], silence interval)
    RETURNS TABLE (tenant_id uuid, job_id uuid, attempt integer, fruitless integer)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
DECLARE
    chosen uuid;
BEGIN
    SELECT j.id INTO chosen FROM job j
    WHERE j.ended_at IS NULL AND j.kind = ANY (kinds)
      AND (j.worker IS NULL OR j.heartbeat_at < now() - silence)
    ORDER BY j.attempt = 0,
             (SELECT count(*) FROM job other
              WHERE other.tenant_id = j.tenant_id AND other.ended_at IS NULL AND other.kind = ANY (kinds)
                AND other.worker IS NOT NULL AND other.heartbeat_at >= now() - silence),
             (SELECT max(other.started_at) FROM job other WHERE other.tenant_id = j.tenant_id) NULLS FIRST,
             j.created_at, j.id
    FOR UPDATE OF j SKIP LOCKED
    LIMIT 1;
    RETURN QUERY UPDATE job j
    SET worker = claimant, heartbeat_at = now(), attempt = j.attempt + 1, fruitless = j.fruitless + 1,
        started_at = coalesce(j.started_at, now())
    WHERE j.id = chosen
    RETURNING j.tenant_id, j.id, j.attempt, j.fruitless;
END $$;

-- For the metrics of a node: how many, and nothing of whom.
CREATE FUNCTION count_jobs()
    RETURNS TABLE (state text, jobs bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
    AS $$ SELECT j.state, count(*) FROM job j
          WHERE j.ended_at IS NULL OR j.ended_at > now() - interval '1 day' GROUP BY j.state $$;

REVOKE ALL ON FUNCTION count_jobs() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION count_jobs() TO ${application_role};
REVOKE ALL ON FUNCTION claim_job(uuid, text[], interval) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION claim_job(uuid, text[], interval) TO ${application_role};
