-- What a tenant chose to have kept of its traffic, and what its people said of the answers.

CREATE TABLE tenant_setting (
    tenant_id      uuid PRIMARY KEY DEFAULT current_tenant() REFERENCES tenant (id) ON DELETE CASCADE,
    capture_texts  boolean NOT NULL DEFAULT false,
    feedback       boolean NOT NULL DEFAULT false,
    retention_days integer NOT NULL DEFAULT 30 CHECK (retention_days BETWEEN 1 AND 3650),
    updated_at     timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE captured_text (
    tenant_id  uuid NOT NULL DEFAULT current_tenant() REFERENCES tenant (id) ON DELETE CASCADE,
    request_id text NOT NULL,
    index      integer NOT NULL,
    -- Null where answers are kept for feedback and texts are not.
    text       text,
    labels     text[] NOT NULL,
    predicted  text[] NOT NULL,
    adapter    text,
    version    integer,
    at         timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, request_id, index)
);

CREATE INDEX captured_text_age ON captured_text (tenant_id, at);

CREATE TABLE feedback (
    id         uuid PRIMARY KEY,
    tenant_id  uuid NOT NULL DEFAULT current_tenant() REFERENCES tenant (id) ON DELETE CASCADE,
    request_id text NOT NULL,
    index      integer NOT NULL,
    verdict    text NOT NULL CHECK (verdict IN ('accepted', 'rejected', 'corrected')),
    text       text NOT NULL,
    -- What is right: none where the answer was rejected.
    labels     text[] NOT NULL,
    -- What was answered, and what it was chosen from; none where nothing was kept of the answer.
    predicted  text[] NOT NULL,
    offered    text[] NOT NULL,
    adapter    text,
    version    integer,
    at         timestamptz NOT NULL DEFAULT now(),
    UNIQUE (tenant_id, request_id, index)
);

CREATE INDEX feedback_of_adapter ON feedback (tenant_id, adapter, at);
CREATE INDEX feedback_age ON feedback (tenant_id, at);
-- The order in which all of it is read.
CREATE INDEX feedback_order ON feedback (tenant_id, id);

CALL isolate('tenant_setting');
CALL isolate('captured_text');
CALL isolate('feedback');
CALL look_across('tenant_setting');
CALL look_across('captured_text');
CALL look_across('feedback');

-- Tenants that have something which they wanted to be kept no longer than this.
CREATE FUNCTION expired_tenants(most integer) RETURNS TABLE (tenant_id uuid, retention_days integer)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
    AS $$ SELECT s.tenant_id, s.retention_days FROM tenant_setting s
          WHERE EXISTS (SELECT 1 FROM captured_text c WHERE c.tenant_id = s.tenant_id
                          AND c.at < now() - make_interval(days => s.retention_days))
             OR EXISTS (SELECT 1 FROM feedback f WHERE f.tenant_id = s.tenant_id
                          AND f.at < now() - make_interval(days => s.retention_days))
          LIMIT most $$;

REVOKE ALL ON FUNCTION expired_tenants(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION expired_tenants(integer) TO ${application_role};
