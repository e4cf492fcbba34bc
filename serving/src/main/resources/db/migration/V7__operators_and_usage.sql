-- What operators do, what tenants may use and what they used.

ALTER TABLE tenant ADD COLUMN state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'suspended'));
GRANT UPDATE, DELETE ON tenant TO ${application_role};

-- A tenant that goes takes its keys along.
ALTER TABLE api_key DROP CONSTRAINT api_key_tenant_id_fkey;
ALTER TABLE api_key ADD FOREIGN KEY (tenant_id) REFERENCES tenant (id) ON DELETE CASCADE;

-- A suspended tenant's keys are known, and good for nothing.
DROP FUNCTION find_api_key(text);
CREATE FUNCTION find_api_key(key_id text)
    RETURNS TABLE (tenant_id uuid, secret_hash bytea, scopes text[], suspended boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
    AS $$ SELECT k.tenant_id, k.secret_hash, k.scopes, t.state = 'suspended'
          FROM api_key k JOIN tenant t ON t.id = k.tenant_id WHERE k.id = key_id AND k.revoked_at IS NULL $$;
REVOKE ALL ON FUNCTION find_api_key(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_api_key(text) TO ${application_role};

-- Of no tenant, and made on the host alone: the application's role may look one up and no more.
CREATE TABLE operator_key (
    id          text PRIMARY KEY CHECK (id ~ '^[0-9a-f]{16}$'),
    secret_hash bytea NOT NULL CHECK (octet_length(secret_hash) = 32),
    created_at  timestamptz NOT NULL DEFAULT now(),
    revoked_at  timestamptz
);

CREATE FUNCTION find_operator_key(key_id text) RETURNS bytea
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
    AS $$ SELECT k.secret_hash FROM operator_key k WHERE k.id = key_id AND k.revoked_at IS NULL $$;

-- The two that operators list by; a tenant's own rows are reached only by becoming it.
CREATE FUNCTION list_tenants(known_name text, most integer)
    RETURNS TABLE (id uuid, name text, state text, created_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
    AS $$ SELECT t.id, t.name, t.state, t.created_at FROM tenant t WHERE t.name > known_name ORDER BY t.name LIMIT most $$;

CREATE TABLE quota (
    tenant_id           uuid PRIMARY KEY DEFAULT current_tenant() REFERENCES tenant (id) ON DELETE CASCADE,
    requests_per_minute bigint CHECK (requests_per_minute >= 0),
    texts_per_minute    bigint CHECK (texts_per_minute >= 0),
    texts_per_day       bigint CHECK (texts_per_day >= 0),
    adapters            bigint CHECK (adapters >= 0),
    dataset_bytes       bigint CHECK (dataset_bytes >= 0),
    concurrent_jobs     bigint CHECK (concurrent_jobs >= 0),
    adapter_rank        bigint CHECK (adapter_rank >= 0),
    adapter_bytes       bigint CHECK (adapter_bytes >= 0),
    -- Its share of a busy device beside others'.
    weight              integer NOT NULL DEFAULT 100 CHECK (weight BETWEEN 1 AND 10000)
);

-- What nodes have taken of a window's allowance, in leases, so that no request asks the database.
CREATE TABLE quota_window (
    tenant_id  uuid NOT NULL DEFAULT current_tenant() REFERENCES tenant (id) ON DELETE CASCADE,
    allowance  text NOT NULL CHECK (allowance IN ('requests_per_minute', 'texts_per_minute', 'texts_per_day')),
    started_at timestamptz NOT NULL,
    taken      bigint NOT NULL,
    PRIMARY KEY (tenant_id, allowance, started_at)
);

CREATE TABLE usage_day (
    tenant_id uuid NOT NULL DEFAULT current_tenant() REFERENCES tenant (id) ON DELETE CASCADE,
    day       date NOT NULL,
    requests  bigint NOT NULL DEFAULT 0,
    texts     bigint NOT NULL DEFAULT 0,
    tokens    bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, day)
);

-- Who did what; never a text. It outlives the tenant that it tells of, so nothing refers to it.
CREATE TABLE audit (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at         timestamptz NOT NULL DEFAULT now(),
    tenant     text,
    actor      text NOT NULL,
    action     text NOT NULL,
    subject    text,
    request_id text
);

CREATE TABLE idempotency (
    tenant_id    uuid NOT NULL DEFAULT current_tenant() REFERENCES tenant (id) ON DELETE CASCADE,
    key          text NOT NULL,
    -- Of method, path and body: the same key with another request is an error, not an answer.
    request_hash bytea NOT NULL,
    -- The answer; absent while the first request is being answered.
    status       integer,
    media_type   text,
    body         bytea,
    location     text,
    etag         text,
    at           timestamptz NOT NULL DEFAULT now(),
    -- From when on a request whose answer never came is no longer waited for.
    abandoned_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, key)
);

CREATE TABLE webhook (
    id         uuid PRIMARY KEY,
    tenant_id  uuid NOT NULL DEFAULT current_tenant() REFERENCES tenant (id) ON DELETE CASCADE,
    url        text NOT NULL,
    secret     bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (tenant_id, id)
);

CREATE TABLE webhook_delivery (
    id         uuid PRIMARY KEY,
    tenant_id  uuid NOT NULL DEFAULT current_tenant(),
    webhook_id uuid NOT NULL,
    event      jsonb NOT NULL,
    attempts   integer NOT NULL DEFAULT 0,
    due_at     timestamptz NOT NULL DEFAULT now(),
    ended_at   timestamptz,
    outcome    text,
    created_at timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (tenant_id, webhook_id) REFERENCES webhook (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX webhook_delivery_of ON webhook_delivery (webhook_id);
CREATE INDEX webhook_delivery_due ON webhook_delivery (due_at) WHERE ended_at IS NULL;

CALL isolate('quota');
CALL isolate('quota_window');
CALL isolate('usage_day');
CALL isolate('idempotency');
CALL isolate('webhook');
CALL isolate('webhook_delivery');
CALL look_across('webhook_delivery');
GRANT SELECT, INSERT ON audit TO ${application_role};

CREATE FUNCTION due_deliveries(most integer)
    RETURNS TABLE (tenant_id uuid, delivery_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
    AS $$ SELECT d.tenant_id, d.id FROM webhook_delivery d
          WHERE d.ended_at IS NULL AND d.due_at <= now() ORDER BY d.due_at LIMIT most $$;

REVOKE ALL ON FUNCTION find_operator_key(text) FROM PUBLIC;
REVOKE ALL ON FUNCTION list_tenants(text, integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION due_deliveries(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_operator_key(text) TO ${application_role};
GRANT EXECUTE ON FUNCTION list_tenants(text, integer) TO ${application_role};
GRANT EXECUTE ON FUNCTION due_deliveries(integer) TO ${application_role};
