-- The audit names what every tenant has. The application adds to it, in the name of the tenant that the transaction has
-- named, and reads it through one function, which operators' routes alone call.
REVOKE SELECT ON audit FROM ${application_role};

ALTER TABLE audit ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit FORCE ROW LEVEL SECURITY;
CREATE POLICY own_entries ON audit FOR INSERT TO ${application_role}
    WITH CHECK (tenant IS NOT DISTINCT FROM (SELECT t.name FROM tenant t WHERE t.id = current_tenant()));
CALL look_across('audit');

CREATE FUNCTION audit_entries(of_tenant text, before bigint, most integer)
    RETURNS TABLE (id bigint, at timestamptz, tenant text, actor text, action text, subject text, request_id text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
    AS $$ SELECT a.id, a.at, a.tenant, a.actor, a.action, a.subject, a.request_id FROM audit a
          WHERE (of_tenant IS NULL OR a.tenant = of_tenant) AND (before = 0 OR a.id < before)
          ORDER BY a.id DESC LIMIT most $$;

REVOKE ALL ON FUNCTION audit_entries(text, bigint, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_entries(text, bigint, integer) TO ${application_role};
