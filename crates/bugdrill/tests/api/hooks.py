"""What schemathesis cannot know: sessions, and the ids, slugs and tokens of what is there.

Invented values alone would end at 401 and 404. Parts of a request that are meant to be wrong are left as they are.
"""

import base64
import collections
import hashlib
import hmac
import itertools
import json
import os
import re
import struct
import time
import urllib.request
from pathlib import Path

import schemathesis
from schemathesis.core.parameters import ParameterLocation

SERVER = os.environ["API_TEST_SERVER"]
OUTBOX = Path(os.environ["API_TEST_OUTBOX"])
PASSWORD = "correct horse battery staple"

numbers = itertools.count(1)
# How often each operation was called, and given a session.
turns = collections.defaultdict(itertools.count)
# The sessions that were made, by the `Authorization` header of each.
sessions = {}
used_links = set()


def ask(method, path, body=None, session=None):
    """What the server answers."""
    headers = {"Content-Type": "application/json"} | (session["headers"] if session else {})
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(SERVER + path, data, headers, method=method)) as answer:
        return json.load(answer)


def remember(session):
    session["headers"] = {"Authorization": "Bearer " + session["access_token"]}
    sessions[session["headers"]["Authorization"]] = session
    return session


def new_trial():
    return remember(ask("POST", "/auth/anonymous"))


def new_email():
    return f"learner-{next(numbers)}@example.com"


def new_account():
    return remember(ask("POST", "/auth/signup", {"email": new_email(), "password": PASSWORD}))


def claims(session):
    payload = session["access_token"].split(".")[1]
    return json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))


def code_of(secret):
    """The code of an authenticator app (RFC 6238) for now."""
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30), hashlib.sha1)
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place:place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def with_second_factor(session):
    """Gives the account of the session a second factor: its recovery codes."""
    secret = ask("POST", "/auth/totp", session=session)["secret"]
    return ask("POST", "/auth/totp/confirm", {"code": code_of(secret)}, session)["recovery_codes"]


def mailed_token(page):
    """The token of a mailed link to this page, each once; None when no mail has come."""
    for mail in sorted(OUTBOX.glob("*.eml")):
        text = re.sub(r"=\r?\n", "", mail.read_text(errors="replace")).replace("=3D", "=")
        for token in re.findall(page + r"#token=([\w-]+)", text):
            if token not in used_links:
                used_links.add(token)
                return token
    return None


patterns = [pattern["slug"] for pattern in ask("GET", "/api/v1/patterns")["data"]]
snippets = [ask("GET", "/api/v1/snippets/" + found["slug"]) for found in ask("GET", "/api/v1/snippets?limit=20")["data"]]
today = ask("GET", "/api/v1/snippets/daily?language=python")["date"]
learner = new_account()
executions = []
for snippet in snippets[:4]:
    code = {"code": snippet["buggy_code"], "language": snippet["language"]}
    execution = ask("POST", f"/api/v1/snippets/{snippet['id']}/execute", code, learner)
    executions.append(execution["execution_id"])


@schemathesis.auth(refresh_interval=None)
class Sessions:
    """What is below /auth may end the session, so each call there has one of its own: a trial's or an account's."""

    def get(self, case, context):
        if not case.operation.path.startswith("/auth/"):
            return learner
        return new_trial() if next(turns["session", case.operation.label]) % 5 == 4 else new_account()

    def set(self, case, session, context):
        case.headers = {**(case.headers or {}), **session["headers"]}


def real_path(case, session, turn):
    """Path parameters of something that is there."""
    path = case.operation.path
    if path.startswith("/auth/sessions"):
        return {"id": claims(session)["sid"]}
    if path.startswith("/auth/oauth"):
        return {"provider": "github"}
    if path.startswith("/api/v1/executions"):
        return {"id": executions[turn % len(executions)]}
    if path.startswith("/api/v1/patterns"):
        return {"id": patterns[turn % len(patterns)]}
    if path.startswith("/share/badge"):
        return {"badge_id": "first_fix"}
    if path.startswith("/share/daily"):
        return {"date": today}
    if path.startswith("/api/v1/leaderboards"):
        return {"period": ("weekly", "all-time")[turn % 2]}
    snippet = snippets[turn % len(snippets)]
    return {"id": snippet["id"] if turn % 2 else snippet["slug"]}


def real_body(case, session, turn):
    """Members of the body that mean something to the server."""
    match case.operation.definition.raw["operationId"]:
        case "execute" | "submit" | "trace":
            snippet = next(one for one in snippets if case.path_parameters["id"] in (one["id"], one["slug"]))
            body = {"code": snippet["buggy_code"], "language": snippet["language"], "revision": snippet["revision"]}
            return body | ({"test_case": snippet["tests"][0]["test_case"]} if "test_case" in case.body else {})
        case "refresh" | "log_out":
            return {"refresh_token": session["refresh_token"]}
        case "sign_up":
            return {"email": new_email(), "password": PASSWORD}
        case "log_in" | "forgot_password":
            email = new_account()["user"]["email"]
            return {"email": email, "password": PASSWORD} if "password" in case.body else {"email": email}
        case "log_in_with_second_factor":
            account = new_account()
            codes = with_second_factor(account)
            login = ask("POST", "/auth/login", {"email": account["user"]["email"], "password": PASSWORD})
            return {"mfa_token": login["mfa_token"], "code": codes[0]}
        case "confirm_second_factor" if not session["user"]["is_trial"]:
            return {"code": code_of(ask("POST", "/auth/totp", session=session)["secret"])}
        case "renew_recovery_codes" | "disable_second_factor" if not session["user"]["is_trial"]:
            return {"code": with_second_factor(session)[0]}
        case "change_password" | "delete_user" if not session["user"]["is_trial"]:
            if "new_password" in case.body:
                return {"current_password": PASSWORD, "new_password": "another " + PASSWORD}
            return {"password": PASSWORD}
        case "verify_email" if token := mailed_token("verify-email"):
            return {"token": token}
        case "reset_password" if token := mailed_token("reset-password"):
            return {"token": token, "password": PASSWORD}
        case "sync_progress":
            snippet = snippets[turn % len(snippets)]
            made = {"started_at": "2026-01-15T12:00:00Z", "submitted_at": "2026-01-15T12:01:00Z"}
            made |= {"snippet_id": snippet["id"], "revision": snippet["revision"], "code": snippet["buggy_code"]}
            return {"sent_at": "2026-01-15T12:02:00Z", "items": [{"client_id": f"item-{turn % 7}", **made}]}
        case "change_profile":
            return {"time_zone": "Europe/Paris"}
    return {}


@schemathesis.hook
def before_call(context, case, kwargs):
    # The answer to be looked at is this server's, not that of where it sends browsers.
    kwargs["allow_redirects"] = False
    if case.meta is None:
        return
    # Where a token is not needed, there may be none.
    session = sessions.get((case.headers or {}).get("Authorization")) or new_account()
    turn = next(turns[case.operation.label])
    path = case.meta.components.get(ParameterLocation.PATH)
    path_is_real = not case.path_parameters
    # Never in place: cases share what they are made of.
    if path and path.mode.is_positive and turn % 5 != 4:
        case.path_parameters = {**case.path_parameters, **real_path(case, session, turn)}
        path_is_real = True
    # Where tokens are optional, `Authorization` itself passes for a header that the document does not have.
    parts = [part for location, part in case.meta.components.items() if location != ParameterLocation.HEADER]
    if any(part.mode.is_negative for part in parts):
        return
    if "pattern" in (case.query or {}) and turn % 5 != 4:
        case.query = {**case.query, "pattern": patterns[turn % len(patterns)]}
    if isinstance(case.body, dict) and path_is_real and turn % 2 == 0:
        # With it, the request would have to come from a page.
        case.headers = {name: value for name, value in (case.headers or {}).items() if name != "Bugdrill-Session"}
        case.body = {**case.body, **real_body(case, session, turn)}
