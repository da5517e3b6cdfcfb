-- How calls to Meta ended, by hour and organization: for whoever operates the service. Counted in
-- memory and added up here about every minute, by each server. Kept for 30 days.

-- hour: when it began. outcome: 'good', or what Meta's answer advised (meta/graph_answer.hpp).
CREATE TABLE graph_hours (
    hour BIGINT NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    outcome TEXT NOT NULL,
    calls BIGINT NOT NULL,
    PRIMARY KEY (hour, organization_id, outcome)
);
CREATE INDEX graph_hours_of_organization ON graph_hours (organization_id, hour);

-- What the operator has turned off for every organization without a row of its own below.
CREATE TABLE features_off (
    feature TEXT PRIMARY KEY
);

CREATE TABLE organization_features (
    feature TEXT NOT NULL,
    organization_id UUID NOT NULL REFERENCES organizations (id),
    is_on BOOLEAN NOT NULL,
    PRIMARY KEY (feature, organization_id)
);
CREATE INDEX organization_features_of_organization ON organization_features (organization_id);
