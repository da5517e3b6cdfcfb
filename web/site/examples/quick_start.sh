#!/bin/sh
set -eu

# The newest leads, with their answers.
curl --silent --fail --header "Authorization: Bearer $LEADCRM_KEY" "$LEADCRM_URL/api/v1/leads?limit=10"

# Everything that happens, as it happens, from the beginning of the log; here for two seconds.
curl --silent --no-buffer --max-time 2 --header "Authorization: Bearer $LEADCRM_KEY" \
    --header 'Last-Event-ID: 0' "$LEADCRM_URL/api/v1/stream" || true
