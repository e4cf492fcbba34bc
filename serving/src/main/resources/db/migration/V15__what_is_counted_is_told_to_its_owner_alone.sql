-- Generations of deployments are given to all tenants together, so that who sees two of them knows what others did meanwhile.
-- Callers see revisions instead: the changes under one name. Counted beside the numbers of versions, as it outlives the adapter
-- like these: a tag of one that was deleted must not fit the one that took its name.
DO $$ BEGIN
    EXECUTE format('ALTER TABLE adapter_numbering ADD COLUMN changes bigint NOT NULL DEFAULT %s', last_deployment_change());
END $$;
ALTER TABLE adapter_numbering ALTER COLUMN changes SET DEFAULT 0;

-- Tags that callers hold go on fitting. Not as an update, which sees no tenant's rows here.
ALTER TABLE deployment ADD COLUMN revision bigint NOT NULL DEFAULT 0;
ALTER TABLE deployment ALTER COLUMN revision TYPE bigint USING generation;

-- The last attempt that a failure of our own code ended: where the next one is hopeless, its owner is not told that the worker
-- was lost.
ALTER TABLE job ADD COLUMN broken_attempt integer;
