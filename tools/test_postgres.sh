#!/usr/bin/env bash
# A PostgreSQL server for one test run: empty, on a socket of its own, gone afterwards.
#     folder=$(tools/test_postgres.sh start)     the folder is also the host name to connect to
#     tools/test_postgres.sh stop "$folder"
# Two roles, no passwords: postgres, and leadcrm_app, which may create databases and owns what it
# creates but bypasses nothing, as in production. PostgreSQL refuses to run as root, hence the other
# user, and a folder that this other user can reach.
set -euo pipefail

programs=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
as_postgres() {
    if ((EUID == 0)); then runuser -u postgres -- "$@"; else "$@"; fi
}

start() {
    local folder; folder=$(mktemp -d "${TMPDIR:-/tmp}/leadcrm-postgres.XXXXXX")
    if ((EUID == 0)); then chown postgres: "$folder"; fi
    chmod 755 "$folder"
    cd "$folder"
    as_postgres "$programs/initdb" --pgdata=data --username=postgres --auth=trust \
        --encoding=UTF8 --locale=C --no-sync >/dev/null
    # Durability is what these tests do not need: the folder is thrown away.
    local settings="-c listen_addresses= -c unix_socket_directories=$folder -c max_connections=200"
    settings+=" -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    as_postgres "$programs/pg_ctl" start --pgdata=data --wait --silent --log="$folder/data/log" \
        --options="$settings" >/dev/null || { cat "$folder/data/log" >&2; exit 1; }
    "$programs/psql" --quiet --host="$folder" --username=postgres --command \
        "CREATE ROLE leadcrm_app LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS" postgres \
        || { stop "$folder"; exit 1; }
    echo "$folder"
}

stop() {
    (cd "$1" && as_postgres "$programs/pg_ctl" stop --pgdata=data --mode=immediate --silent) || true
    rm -rf "$1"
}

"$@"
