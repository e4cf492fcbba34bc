-- What a call with a key has changed, as long as its answer is not there: made again, as nobody got one, the call changes nothing
-- more and answers by this.
ALTER TABLE idempotency ADD COLUMN done jsonb;
