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
    CALL forget_tenants(tenant_table);
END $$;

-- Entities name the tenant as a constant all the same. Without a list of common values none of them is rare by it.
CREATE PROCEDURE forget_tenants(tenant_table text)
    LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %I ALTER COLUMN tenant_id SET STATISTICS 0', tenant_table);
END $$;

REVOKE ALL ON PROCEDURE forget_tenants(text) FROM PUBLIC;

DO $$
DECLARE
    own record;
BEGIN
    FOR own IN SELECT tablename, policyname FROM pg_policies
               WHERE schemaname = current_schema() AND policyname IN ('own_rows', 'own_keys') LOOP
        EXECUTE format('ALTER POLICY %I ON %I'
            ' USING (tenant_id = (SELECT current_tenant())) WITH CHECK (tenant_id = (SELECT current_tenant()))',
            own.policyname, own.tablename);
        CALL forget_tenants(own.tablename);
    END LOOP;
END $$;
