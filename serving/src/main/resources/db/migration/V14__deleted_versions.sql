-- What is left of a version of an adapter that was deleted, of which nothing but its place between others is of use: what was
-- trained from it has learned what it had learned, and is told when rows of that are erased. Nothing of its content is here.
-- Outlives the adapter, as the numbers that were given do; of versions that were deleted before this table, nobody knows.
CREATE TABLE deleted_version (
    tenant_id          uuid NOT NULL DEFAULT current_tenant() REFERENCES tenant (id) ON DELETE CASCADE,
    name               text NOT NULL,
    number             integer NOT NULL,
    -- By which changes of its deployment were noted: whoever asks for the deletion again waits for the nodes again.
    adapter_id         uuid NOT NULL,
    -- As its lineage had it, support@3; null where it went on from none.
    came_from          text,
    dataset_version_id uuid,
    -- Rows that it had learned and that were erased, before it was deleted or since.
    erased_rows        bigint NOT NULL,
    PRIMARY KEY (tenant_id, name, number)
);

CALL isolate('deleted_version');
