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
    heartbeat_at       timestamptz,
    problem            jsonb,
    progress           jsonb,
    estimate           jsonb,
    result             jsonb,
    checkpoint_step    bigint,
    events             integer NOT NULL DEFAULT 0,
    created_at         timestamptz NOT NULL DEFAULT now(),
    started_at         timestamptz,
    ended_at           timestamptz,
    UNIQUE (tenant_id, id)
);

CREATE INDEX job_of_tenant ON job (tenant_id, created_at DESC, id);
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

-- A job's checkpoint is a set of files that stands whole under one attempt and step, or not at all.
CREATE TABLE job_checkpoint_chunk (
    tenant_id uuid NOT NULL DEFAULT current_tenant(),
    job_id    uuid NOT NULL,
    step      bigint NOT NULL,
    file      text NOT NULL,
    position  integer NOT NULL,
    data      bytea NOT NULL,
    PRIMARY KEY (job_id, step, file, position),
    FOREIGN KEY (tenant_id, job_id) REFERENCES job (tenant_id, id) ON DELETE CASCADE
);

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

-- Takes the job that should run next: of those that wait, or whose worker is silent for too long, the oldest of the
-- tenant that has the fewest under way. One worker at a time gets a job; each taking is a new attempt.
CREATE FUNCTION claim_job(claimant uuid, kinds text[], silence interval)
    RETURNS TABLE (tenant_id uuid, job_id uuid, attempt integer)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
DECLARE
    chosen uuid;
BEGIN
    SELECT j.id INTO chosen FROM job j
    WHERE j.ended_at IS NULL AND j.kind = ANY (kinds)
      AND (j.worker IS NULL OR j.heartbeat_at < now() - silence)
    ORDER BY (SELECT count(*) FROM job other
              WHERE other.tenant_id = j.tenant_id AND other.ended_at IS NULL AND other.worker IS NOT NULL
                AND other.heartbeat_at >= now() - silence),
             j.created_at, j.id
    FOR UPDATE OF j SKIP LOCKED
    LIMIT 1;
    RETURN QUERY UPDATE job j
    SET worker = claimant, heartbeat_at = now(), attempt = j.attempt + 1, fruitless = j.fruitless + 1,
        started_at = coalesce(j.started_at, now())
    WHERE j.id = chosen
    RETURNING j.tenant_id, j.id, j.attempt;
END $$;

REVOKE ALL ON FUNCTION claim_job(uuid, text[], interval) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION claim_job(uuid, text[], interval) TO ${application_role};
