-- Which call holds a key: one that was taken for dead, and is not, must not create beside the call that came after it.
ALTER TABLE idempotency ADD COLUMN claim uuid;

-- As before, but for one condition: a job waits until the file is read whose rows it is about.
CREATE OR REPLACE FUNCTION claim_job(claimant uuid, kinds text[], silence interval)
    RETURNS TABLE (tenant_id uuid, job_id uuid, attempt integer, fruitless integer)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
DECLARE
    chosen uuid;
BEGIN
    SELECT j.id INTO chosen FROM job j
    WHERE j.ended_at IS NULL AND j.kind = ANY (kinds)
      AND (j.worker IS NULL OR j.heartbeat_at < now() - silence)
      AND (j.kind = 'import' OR NOT EXISTS (SELECT 1 FROM dataset_version v
           WHERE v.id = j.dataset_version_id AND v.state IN ('stored', 'importing')))
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

-- Of each tenant a few, so that nobody's backlog stands before everybody else's events.
DROP FUNCTION due_deliveries(integer);
CREATE FUNCTION due_deliveries(most integer, most_of_a_tenant integer)
    RETURNS TABLE (tenant_id uuid, delivery_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
    AS $$ SELECT w.tenant_id, w.id
          FROM (SELECT d.tenant_id, d.id, d.due_at,
                       row_number() OVER (PARTITION BY d.tenant_id ORDER BY d.due_at, d.id) AS turn
                FROM webhook_delivery d WHERE d.ended_at IS NULL AND d.due_at <= now()) w
          WHERE w.turn <= most_of_a_tenant ORDER BY w.turn, w.due_at LIMIT most $$;
REVOKE ALL ON FUNCTION due_deliveries(integer, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION due_deliveries(integer, integer) TO ${application_role};

-- Rows of the data that a job works with which were erased since it was begun: the adapter that it publishes says so.
ALTER TABLE job ADD COLUMN erased_rows bigint NOT NULL DEFAULT 0;
CREATE INDEX job_of_dataset_version ON job (dataset_version_id) WHERE ended_at IS NULL;
