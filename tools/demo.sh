#!/usr/bin/env bash
# ./dev demo and ./dev serve: the server and a simulated Graph API beside it, filled once with an
# organization, its pages and a year of leads, then with leads that keep arriving.
#     tools/demo.sh demo [--no-stream]    the release build, web app inside, data in ./demo-data
#     tools/demo.sh serve                 the dev build, and Vite, all renewed as files change; ./data
# What was made stays: the next run goes on with it. Delete the folder to begin again.
set -euo pipefail
cd "$(dirname "$0")/.."

mode=$1; shift
stream=yes
for flag in "$@"; do
    case $flag in
        --no-stream) stream=no ;;
        *) echo "./dev $mode knows only --no-stream, not $flag" >&2; exit 2 ;;
    esac
done

if [[ $mode == demo ]]; then preset=release data=demo-data; else preset=dev data=data; fi
port=${PORT:-8080} simulator_port=${SIMULATOR_PORT:-8090}
server=http://127.0.0.1:$port
simulator=http://127.0.0.1:$simulator_port
email=owner@example.com
password='correct horse battery'

export LEADCRM_LISTEN=127.0.0.1:$port LEADCRM_DATA=$data LEADCRM_PUBLIC_URL=$server
export LEADCRM_METRICS_LISTEN=127.0.0.1:${METRICS_PORT:-9464}
export LEADCRM_META_APP_ID=555000111222333 LEADCRM_META_GRAPH_URL=$simulator LEADCRM_META_DIALOG_URL=$simulator
export LEADCRM_META_APP_SECRET_FILE=$data/meta-app-secret
export LEADCRM_META_VERIFY_TOKEN_FILE=$data/meta-verify-token

say() { printf '\033[1m▸ %s\033[0m\n' "$*"; }
give_up() { printf '%s\n' "$@" >&2; exit 1; }
random() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; }

# Whatever this script started ends with it, in the opposite order, each in its own time.
running=()
end() {
    trap - EXIT INT TERM
    local number
    for ((number = ${#running[@]} - 1; number >= 0; number--)); do
        kill "${running[number]}" 2>/dev/null && wait "${running[number]}" 2>/dev/null
    done
    exit "${1:-0}"
}
trap 'end $?' EXIT
trap 'echo; end 0' INT TERM

is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# wait_for URL PID LOG: until the URL answers; gives up when the process has ended.
wait_for() {
    until curl --silent --fail --output /dev/null --max-time 2 "$1"; do
        kill -0 "$2" 2>/dev/null || { tail -20 "$3" >&2; give_up "It did not start; all of its log: $3"; }
        sleep 0.1
    done
}

start_simulator() {
    # Other people and other ids than in the last run, or its leads would just be known already.
    "build/$preset/meta-simulator" --listen "127.0.0.1:$simulator_port" \
        --app-id "$LEADCRM_META_APP_ID" --app-secret "$(<"$data/meta-app-secret")" \
        --verify-token "$(<"$data/meta-verify-token")" --webhook-url "$server/webhooks/meta" \
        --seed "$(date +%s)" --first-lead-id "$(date +%s)00000" >"$data/simulator.log" 2>&1 &
    running+=($!)
    wait_for "$simulator/_control/state" $! "$data/simulator.log"
}

start_server() {
    "build/$preset/leadcrm" serve >>"$data/server.log" 2>&1 &
    server_pid=$!
    running+=("$server_pid")
    wait_for "$server/readyz" "$server_pid" "$data/server.log"
}

post() {  # post URL JSON
    curl --silent --show-error --fail-with-body --max-time 30 --request "${3:-POST}" \
        --header 'Content-Type: application/json' --header "Origin: $server" --data "$2" "$1"
}

fill() {
    say "Making an organization with sample leads"
    local organization
    organization=$(post "$server/api/v1/auth/register" "{\"organization_name\": \"Harbour Homes\",
        \"name\": \"Olivia Owner\", \"email\": \"$email\", \"password\": \"$password\",
        \"country\": \"DE\", \"time_zone\": \"Europe/Berlin\"}" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)["organization"]["id"])')

    local id name token
    curl --silent --fail "$simulator/_control/state" |
        python3 -c 'import json, sys
for page in json.load(sys.stdin)["pages"]: print(page["id"], page["token"], page["name"])' |
        while read -r id token name; do
            LEADCRM_LOG_LEVEL=warn "build/$preset/leadcrm" admin import-page --organization "$organization" \
                --page-id "$id" --name "$name" --access-token-file <(printf %s "$token")
        done
    "build/$preset/leadcrm" admin make-sample-leads --organization "$organization" --count 2000 --seed 1
    touch "$data/filled"
}

for taken in "$port" "$simulator_port"; do
    is_free "$taken" || give_up "Something listens on port $taken already: is ./dev $mode running elsewhere?"
done
# A first run that was stopped half-way left half an organization: begin again.
if [[ $mode == demo && ! -e $data/filled ]]; then rm -rf "$data"; fi
mkdir -p "$data"
for secret in meta-app-secret meta-verify-token; do
    [[ -s $data/$secret ]] || (umask 077; random >"$data/$secret")
done

say "Starting the server and the Graph simulator"
start_simulator
start_server
if [[ ! -e $data/filled ]]; then fill; fi
if [[ $stream == yes ]]; then post "$simulator/_control/rate" '{"leads_per_second": 0.2}' PUT >/dev/null; fi

if [[ $mode == serve ]]; then
    say "Starting Vite"
    (cd web/app && LEADCRM_URL=$server exec node node_modules/.bin/vite --host 127.0.0.1 --port 5173 \
        --strictPort --clearScreen=false) &
    running+=($!)
fi

cat <<TEXT

  Lead CRM     $([[ $mode == serve ]] && echo http://127.0.0.1:5173 || echo "$server")/app/
$([[ $mode == demo ]] && echo "  public site  $server/")
  sign in as   $email
  password     $password

  The Graph simulator's control page: $simulator/_control
  Logs: $data/server.log, $data/simulator.log. Ctrl-C stops everything; the data stays in $data.

TEXT

# ./dev serve: builds again when a C++ file has changed, and starts the server anew if that went well.
restart_on_changes() {
    local built; built=$(mktemp)
    while sleep 1; do
        kill -0 "$server_pid" 2>/dev/null || { tail -20 "$data/server.log" >&2; start_server; }
        [[ -n $(find src migrations -newer "$built" -type f -print -quit) ]] || continue
        touch "$built"
        say "Building"
        if ninja -C "build/$preset" --quiet leadcrm; then
            kill "$server_pid"; wait "$server_pid" || true
            start_server
            say "The server is new"
        fi
    done
}

if [[ $mode == serve ]]; then restart_on_changes; fi
wait -n || true
tail -20 "$data/server.log" >&2
give_up "Something ended by itself; the logs are in $data."
