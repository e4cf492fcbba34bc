-- Keys of tenants that send no more of them, and lines that jobs left behind, do not stay for ever.
CALL look_across('idempotency');
CALL look_across('job_result_chunk');

CREATE FUNCTION tenants_with_old_keys(kept interval, most integer) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
    AS $$ SELECT DISTINCT i.tenant_id FROM idempotency i WHERE i.at < now() - kept LIMIT most $$;

CREATE FUNCTION tenants_with_old_results(kept interval, most integer) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
    AS $$ SELECT DISTINCT j.tenant_id FROM job j WHERE j.ended_at < now() - kept
            AND EXISTS (SELECT 1 FROM job_result_chunk c WHERE c.job_id = j.id) LIMIT most $$;

REVOKE ALL ON FUNCTION tenants_with_old_keys(interval, integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION tenants_with_old_results(interval, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tenants_with_old_keys(interval, integer) TO ${application_role};
GRANT EXECUTE ON FUNCTION tenants_with_old_results(interval, integer) TO ${application_role};
