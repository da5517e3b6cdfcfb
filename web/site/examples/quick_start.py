import json
import os
import urllib.parse
import urllib.request

server = os.environ["LEADCRM_URL"]
crm = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())

# Sign in. The opener keeps the session cookie.
crm.open(urllib.request.Request(
    f"{server}/api/v1/auth/login",
    data=json.dumps({"email": os.environ["LEADCRM_EMAIL"],
                     "password": os.environ["LEADCRM_PASSWORD"]}).encode(),
    headers={"Content-Type": "application/json", "Origin": server}))

# All leads, page by page, newest first.
cursor = None
while True:
    query = {"limit": 100, **({"cursor": cursor} if cursor else {})}
    page = json.load(crm.open(f"{server}/api/v1/leads?{urllib.parse.urlencode(query)}"))
    for lead in page["data"]:
        print(lead["submitted_at"], lead["name"], lead["phone"], lead["email"])
    cursor = page["next_cursor"]
    if not cursor:
        break

# Everything that happens, as it happens, from the beginning of the log; here only the first event.
stream = crm.open(urllib.request.Request(f"{server}/api/v1/stream", headers={"Last-Event-ID": "0"}))
for line in stream:
    print(line.decode().rstrip())
    if line.startswith(b"data: "):
        break
