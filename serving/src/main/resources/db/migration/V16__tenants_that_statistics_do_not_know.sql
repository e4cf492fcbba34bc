-- The tenant was a constant to the planner, and one whom the last ANALYZE had not met owned one row by its estimate: so rows
-- were found by their tenant, all of them for each that was looked for. From a subquery it is a value that the planner does not
-- know, and a tenant owns what tenants own on the average.
CREATE OR REPLACE PROCEDURE isolate(tenant_table text)
    LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('CREATE POLICY own_rows ON %I TO ${application_role}'
        ' USING (tenant_id = (SELECT current_tenant())) WITH CHECK (tenant_id = (SELECT current_tenant()))', tenant_table);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO ${application_role}', tenant_table);
END $$;

DO $$
DECLARE
    own record;
BEGIN
    FOR own IN SELECT tablename, policyname FROM pg_policies
               WHERE schemaname = current_schema() AND policyname IN ('own_rows', 'own_keys') LOOP
        EXECUTE format('ALTER POLICY %I ON %I'
            ' USING (tenant_id = (SELECT current_tenant())) WITH CHECK (tenant_id = (SELECT current_tenant()))',
            own.policyname, own.tablename);
    END LOOP;
END $$;

-- Each of these was looked for among everybody's.
CREATE INDEX deployment_change_of ON deployment_change (adapter_id, generation);
CREATE INDEX webhook_delivery_ended ON webhook_delivery (tenant_id, ended_at) WHERE ended_at IS NOT NULL;

CREATE FUNCTION tenants_with_old_deliveries(kept interval, most integer) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
    AS $$ SELECT DISTINCT d.tenant_id FROM webhook_delivery d WHERE d.ended_at < now() - kept LIMIT most $$;

REVOKE ALL ON FUNCTION tenants_with_old_deliveries(interval, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tenants_with_old_deliveries(interval, integer) TO ${application_role};
