-- Runs as the owner. The application's role sees a tenant's rows only inside a transaction that has named the tenant:
-- set_config('app.tenant', <id>, true). Unset, or empty after an earlier transaction, means no rows.

CREATE FUNCTION current_tenant() RETURNS uuid
    LANGUAGE sql STABLE
    RETURN nullif(current_setting('app.tenant', true), '')::uuid;

CREATE TABLE tenant (
    id         uuid PRIMARY KEY,
    name       text NOT NULL UNIQUE,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE api_key (
    id          text PRIMARY KEY CHECK (id ~ '^[0-9a-f]{16}$'),
    tenant_id   uuid NOT NULL REFERENCES tenant (id),
    secret_hash bytea NOT NULL CHECK (octet_length(secret_hash) = 32),
    scopes      text[] NOT NULL CHECK (scopes <@ ARRAY ['classify', 'feedback', 'train', 'manage']),
    created_at  timestamptz NOT NULL DEFAULT now(),
    revoked_at  timestamptz
);

CREATE INDEX api_key_tenant ON api_key (tenant_id);

ALTER TABLE tenant ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenant FORCE ROW LEVEL SECURITY;
ALTER TABLE api_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_key FORCE ROW LEVEL SECURITY;

CREATE POLICY own_tenant ON tenant TO ${application_role}
    USING (id = current_tenant()) WITH CHECK (id = current_tenant());
CREATE POLICY own_keys ON api_key TO ${application_role}
    USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());

-- What reads across tenants does so as the owner, in the two functions below and nowhere else. Forced security binds
-- the owner too, so it is given reading here, and reading alone.
CREATE POLICY look_up ON tenant FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY look_up ON api_key FOR SELECT TO CURRENT_USER USING (true);

CREATE FUNCTION find_api_key(key_id text)
    RETURNS TABLE (tenant_id uuid, secret_hash bytea, scopes text[])
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
    AS $$ SELECT k.tenant_id, k.secret_hash, k.scopes FROM api_key k WHERE k.id = key_id AND k.revoked_at IS NULL $$;

CREATE FUNCTION find_tenant(tenant_name text) RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
    AS $$ SELECT t.id FROM tenant t WHERE t.name = tenant_name $$;

REVOKE ALL ON FUNCTION find_api_key(text) FROM PUBLIC;
REVOKE ALL ON FUNCTION find_tenant(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_api_key(text) TO ${application_role};
GRANT EXECUTE ON FUNCTION find_tenant(text) TO ${application_role};

GRANT USAGE ON SCHEMA ${flyway:defaultSchema} TO ${application_role};
GRANT SELECT, INSERT ON tenant TO ${application_role};
GRANT SELECT, INSERT, UPDATE ON api_key TO ${application_role};
