-- An organization's own Meta app does all the platform's does: a login, the pages it showed and the
-- pages connected from it belong to the app they came through. No app_id: the platform's app.
ALTER TABLE login_states ADD COLUMN app_id TEXT;
ALTER TABLE connections ADD COLUMN app_id TEXT;
ALTER TABLE shown_pages ADD COLUMN app_id TEXT;
ALTER TABLE pages ADD COLUMN app_id TEXT;
-- A page is subscribed once for each app, whatever number of organizations hold it through that app.
ALTER TABLE page_routes ADD COLUMN app_id TEXT;

-- login_config_id: of Facebook Login for Business; empty: classic scopes. handshake_at: when Meta
-- verified the webhook's address the last time.
ALTER TABLE meta_apps ADD COLUMN login_config_id TEXT NOT NULL DEFAULT '';
ALTER TABLE meta_apps ADD COLUMN handshake_at BIGINT;

-- Deliveries that were refused for their signature, of each app and hour, seen from every process. A
-- platform table: who sent them is not known.
CREATE TABLE refused_deliveries (
    app_id TEXT NOT NULL,
    hour BIGINT NOT NULL,
    refused BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    PRIMARY KEY (app_id, hour)
);
