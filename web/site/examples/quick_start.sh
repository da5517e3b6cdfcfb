#!/bin/sh
set -eu
jar=$(mktemp)
trap 'rm -f "$jar"' EXIT

# Sign in. The session cookie goes into the jar.
curl --silent --fail --cookie-jar "$jar" --output /dev/null \
    --header 'Content-Type: application/json' --header "Origin: $LEADCRM_URL" \
    --data "{\"email\": \"$LEADCRM_EMAIL\", \"password\": \"$LEADCRM_PASSWORD\"}" \
    "$LEADCRM_URL/api/v1/auth/login"

# The newest leads, with their answers.
curl --silent --fail --cookie "$jar" "$LEADCRM_URL/api/v1/leads?limit=10"

# Everything that happens, as it happens, from the beginning of the log; here for two seconds.
curl --silent --no-buffer --max-time 2 --cookie "$jar" --header 'Last-Event-ID: 0' \
    "$LEADCRM_URL/api/v1/stream" || true
