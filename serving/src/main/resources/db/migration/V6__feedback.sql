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
    text       text NOT NULL,
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
    labels     text[] NOT NULL,
    predicted  text[] NOT NULL,
    offered    text[] NOT NULL,
    adapter    text,
    version    integer,
    at         timestamptz NOT NULL DEFAULT now(),
    UNIQUE (tenant_id, request_id, index)
);

CREATE INDEX feedback_of_adapter ON feedback (tenant_id, adapter, at);

CALL isolate('tenant_setting');
CALL isolate('captured_text');
CALL isolate('feedback');
