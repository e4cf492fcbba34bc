-- Changes are forgotten after a day, deployments are not: a node that starts has read all that any of them stands at.
CALL look_across('deployment');

CREATE OR REPLACE FUNCTION last_deployment_change() RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
    AS $$ SELECT greatest(
              (SELECT coalesce(max(c.generation), 0) FROM deployment_change c),
              (SELECT coalesce(max(d.generation), 0) FROM deployment d)) $$;

-- What is a day old goes with each new key of its tenant, some at a time.
CREATE INDEX idempotency_by_age ON idempotency (tenant_id, at);
