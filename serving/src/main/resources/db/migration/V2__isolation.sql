-- One call makes a table a tenant's own: its rows are those of the tenant that the transaction has named, for reading and
-- writing, whoever asks. The owner is bound as well (FORCE), so that a forgotten filter in a function shows nothing.
CREATE PROCEDURE isolate(tenant_table text)
    LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('CREATE POLICY own_rows ON %I TO ${application_role}'
        ' USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant())', tenant_table);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO ${application_role}', tenant_table);
END $$;

-- Lets the owner, hence SECURITY DEFINER functions and nobody else, read a table across tenants.
CREATE PROCEDURE look_across(tenant_table text)
    LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE POLICY look_up ON %I FOR SELECT TO CURRENT_USER USING (true)', tenant_table);
END $$;

REVOKE ALL ON PROCEDURE isolate(text) FROM PUBLIC;
REVOKE ALL ON PROCEDURE look_across(text) FROM PUBLIC;
