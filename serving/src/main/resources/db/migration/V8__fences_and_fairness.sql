-- Which call holds a key: one that was taken for dead, and is not, must not create beside the call that came after it.
ALTER TABLE idempotency ADD COLUMN claim uuid;
