import json
import os
import urllib.parse
import urllib.request

server = os.environ["LEADCRM_URL"]
key = {"Authorization": f"Bearer {os.environ['LEADCRM_KEY']}"}


def get(path, **headers):
    return urllib.request.urlopen(urllib.request.Request(server + path, headers={**key, **headers}))


# All leads, page by page, newest first.
cursor = None
while True:
    query = {"limit": 100, **({"cursor": cursor} if cursor else {})}
    page = json.load(get(f"/api/v1/leads?{urllib.parse.urlencode(query)}"))
    for lead in page["data"]:
        print(lead["submitted_at"], lead["name"], lead["phone"], lead["email"])
    cursor = page["next_cursor"]
    if not cursor:
        break

# Everything that happens, as it happens, from the beginning of the log; here only the first event.
stream = get("/api/v1/stream", **{"Last-Event-ID": "0"})
for line in stream:
    print(line.decode().rstrip())
    if line.startswith(b"data: "):
        break
