-- Work for later. A platform table, and a plain local one on a cluster: it is claimed across
-- organizations, has no foreign keys and is joined to nothing. Who reads and writes it:
-- src/platform/jobs/job_store.cpp.

CREATE TABLE jobs (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL,
    organization_id UUID,
    key TEXT NOT NULL,  -- '' when any number of them may wait and run
    payload TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'dead')),
    run_at BIGINT NOT NULL,  -- waiting: not before; dead: when it died
    again_at BIGINT,  -- running: the same key was ordered once more, for then
    failures BIGINT NOT NULL,
    attempts_max BIGINT NOT NULL,
    ticket UUID,  -- running: which claim it is; a worker that lost its lease has an old one
    lease_until BIGINT,
    trouble TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX jobs_due ON jobs (kind, run_at) WHERE state = 'waiting';
CREATE INDEX jobs_leased ON jobs (lease_until) WHERE state = 'running';
CREATE INDEX jobs_dead ON jobs (id) WHERE state = 'dead';

-- At most one row of a key waits or runs. That is the whole of "one at a time" and "once while it
-- waits", so claiming needs no second look. NULLs differ from each other, hence two indexes.
CREATE UNIQUE INDEX jobs_once_in_organization ON jobs (kind, organization_id, key)
    WHERE key <> '' AND state <> 'dead';
CREATE UNIQUE INDEX jobs_once ON jobs (kind, key)
    WHERE organization_id IS NULL AND key <> '' AND state <> 'dead';
