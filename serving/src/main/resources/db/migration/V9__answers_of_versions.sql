-- How a version's training answered the rows that it did not learn from, so that a version that is trained again on them can
-- be compared row by row. Numbers of rows and labels only: nothing that a tenant wrote is in it.
ALTER TABLE adapter_version ADD COLUMN answers jsonb;
