"""Verifies receipts and histories of a Packloop log. Written from docs/spec/record.md alone, with nothing but Python's own library.

    python3 verify_record.py receipt FILE POLICY [PRODUCERS]
    python3 verify_record.py history FILE POLICY

Prints JSON of what was proven. Exit code 1: it does not hold.
"""
import base64
import hashlib
import json
import re
import sys


class Unproven(Exception):
    pass


def demand(holds, why):
    if not holds:
        raise Unproven(why)


# Ed25519, RFC 8032 section 5.1
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    demand(y < P, "a point is too large")
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    demand((x * x - square) % P == 0, "no point of the curve")
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


def add(a, b):
    s, t = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    u, v = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = t - s, v - u, v + u, t + s
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(n, a):
    total = (0, 1, 1, 0)
    while n:
        if n & 1:
            total = add(total, a)
        a, n = add(a, a), n >> 1
    return total


GY = 4 * pow(5, P - 2, P) % P
G = point(GY.to_bytes(32, "little"))


def is_signed(key, message, signature):
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    left, right = times(s, G), add(point(signature[:32]), times(k, point(key)))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# Text and hashes
def unbase64(text):
    data = base64.b64decode(text, validate=True)
    demand(base64.b64encode(data).decode() == text, "base64 with stray bits")
    return data


def hash_in(text):
    data = unbase64(text)
    demand(len(data) == 32, "no hash")
    return data


def sha(data):
    return hashlib.sha256(data).digest()


def leaf(entry):
    return sha(b"\0" + entry)


def node(left, right):
    return sha(b"\1" + left + right)


def canonical(value):
    if isinstance(value, dict):
        names = sorted(value, key=lambda it: it.encode("utf-16-be"))
        return "{" + ",".join(canonical(it) + ":" + canonical(value[it]) for it in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical(it) for it in value) + "]"
    demand(not isinstance(value, float), "a number that is not whole: not in entries")
    return json.dumps(value, ensure_ascii=False)


def read_canonical(data):
    value = json.loads(data)
    demand(canonical(value).encode() == data, "not canonical JSON")
    return value


# Notes, keys, policies
def read_key(vkey):
    name, key_id, data = re.fullmatch(r"([^+\s]+)\+([0-9a-f]{8})\+(\S+)", vkey).groups()
    data = unbase64(data)
    demand(sha(name.encode() + b"\n" + data).hex()[:8] == key_id, "the id is not that of the key")
    return (name, key_id, data[0], data[1:])


def read_policy(text):
    policy = {"logs": [], "witnesses": {}, "groups": {}, "quorum": None}
    for line in text.splitlines():
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        if words[0] == "log":
            policy["logs"].append(read_key(words[1]))
        elif words[0] == "witness":
            policy["witnesses"][words[1]] = read_key(words[2])
        elif words[0] == "group":
            need = {"any": 1, "all": len(words) - 3}.get(words[2]) or int(words[2])
            policy["groups"][words[1]] = (need, words[3:])
        elif words[0] == "quorum":
            policy["quorum"] = words[1]
        else:
            raise Unproven("not a policy: " + words[0])
    demand(policy["quorum"] is not None, "a policy without a quorum")
    return policy


def signers(text, lines, keys):
    """Which of these keys signed; a wrong signature of one of them spoils all."""
    found = []
    for line in lines:
        name, data = re.fullmatch(r"— (\S+) (\S+)", line).groups()
        data = unbase64(data)
        for key in keys:
            if (name, data[:4].hex()) != key[:2]:
                continue
            if key[2] == 4:
                time = int.from_bytes(data[4:12], "big")
                message = f"cosignature/v1\ntime {time}\n{text}".encode()
                holds = time > 0 and is_signed(key[3], message, data[12:])
            elif key[2] == 1:
                holds = is_signed(key[3], text.encode(), data[4:])
            else:
                continue
            demand(holds, "a wrong signature of " + name)
            found.append(key)
    return found


def accepted(note, policy):
    text, signatures = note.rsplit("\n\n", 1)
    text += "\n"
    origin, size, root = text.split("\n")[:3]
    logs = [it for it in policy["logs"] if it[0] == origin]
    signed = signers(text, signatures.splitlines(), logs + list(policy["witnesses"].values()))
    demand(any(it in logs for it in signed), "the log has not signed")
    witnesses = {name for name, key in policy["witnesses"].items() if key in signed}

    def holds(name):
        if name == "none":
            return True
        need, members = policy["groups"].get(name, (1, []))
        return sum(map(holds, members)) >= need if members else name in witnesses

    demand(holds(policy["quorum"]), "not enough witnesses")
    return origin, int(size), hash_in(root), sorted(witnesses)


def root_of(hash_, index, size, path):
    """RFC 9162, section 2.1.3.2."""
    demand(index < size, "beyond the tree")
    at, last = index, size - 1
    for it in path:
        demand(last > 0, "a path that is too long")
        if at & 1 or at == last:
            hash_ = node(it, hash_)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            hash_ = node(hash_, it)
        at, last = at >> 1, last >> 1
    demand(last == 0, "a path that is too short")
    return hash_


def receipt(text, policy, producers=None):
    head, note = text.split("\n\n", 1)
    lines = head.split("\n")
    demand(lines[0] == "c2sp.org/tlog-proof@v1", "no receipt")
    enclosed = read_canonical(unbase64(lines[1].removeprefix("extra ")))
    index = int(lines[2].removeprefix("index "))
    origin, size, root, witnesses = accepted(note, policy)
    entry = enclosed["entry"]
    hash_ = leaf(canonical(entry).encode())
    demand(root_of(hash_, index, size, [hash_in(it) for it in lines[3:]]) == root, "not in the tree")
    demand(entry["v"] == 1 and entry["log"] == origin, "of another log")
    if producers is not None and "subject" in entry:
        seal, path = enclosed["seal"]["entry"], enclosed["seal"]["path"]
        unsigned = {name: it for name, it in seal.items() if name != "signature"}
        line = "— " + seal["producer"] + " " + seal["signature"]
        said = "packloop batch v1\n" + canonical(unsigned) + "\n"
        demand(signers(said, [line], producers), "not sealed by a producer that was named")
        demand((seal["producer"], seal["log"]) == (entry["producer"], origin), "the seal of another")
        first, count = seal["seal"]["first"], seal["seal"]["count"]
        made = root_of(hash_, entry["seq"] - first, count, [hash_in(it) for it in path])
        demand(made == hash_in(seal["seal"]["root"]), "not what was sealed")
    disclosed = {}
    digests = [it["digest"] for it in entry.get("commitments", [])]
    for it in enclosed.get("disclosures", []):
        digest = base64.urlsafe_b64encode(sha(it.encode())).decode().rstrip("=")
        demand(digest in digests, "not what was committed to")
        _, name, value = json.loads(base64.urlsafe_b64decode(it + "=" * (-len(it) % 4)))
        disclosed[name] = value
    return {"log": origin, "size": size, "index": index, "entry": entry, "witnesses": witnesses, "disclosed": disclosed}


def history(text, policy):
    given = json.loads(text)
    demand(set(given) == {"head", "path", "receipt", "events"}, "no history")
    head, events = given["head"], [it.encode() for it in given["events"]]
    proven = receipt(given["receipt"], policy)
    demand(proven["index"] == proven["size"] - 1, "not the newest heads")
    key = sha(head["subject"].encode())
    hash_ = leaf(canonical({name: head[name] for name in ("count", "head", "index", "subject")}).encode())
    for depth, it in reversed(list(enumerate(given["path"]))):
        bit = key[depth >> 3] >> (7 - (depth & 7)) & 1
        hash_ = node(hash_in(it), hash_) if bit else node(hash_, hash_in(it))
    demand(hash_ == hash_in(proven["entry"]["heads"]["root"]), "not what the log says of this subject")
    demand(len(events) == head["count"], "an event is left out")
    before = None
    for it in events:
        event = read_canonical(it)
        demand((event["subject"], event["prev"]) == (head["subject"], before), "an event does not follow the one before it")
        before = base64.b64encode(leaf(it)).decode()
    demand(before == head["head"], "the newest event is left out")
    return {"log": proven["log"], "size": proven["size"], "subject": head["subject"], "events": len(events)}


def main(kind, file, policy_file, producers_file=None):
    text = open(file, encoding="utf-8", newline="").read()
    policy = read_policy(open(policy_file, encoding="utf-8").read())
    try:
        if kind == "history":
            return history(text, policy)
        lines = open(producers_file).read().split() if producers_file else None
        return receipt(text, policy, lines and [read_key(it) for it in lines])
    except (Unproven, ValueError, KeyError, IndexError, AttributeError, TypeError) as wrong:
        sys.exit(f"does not hold: {wrong}")


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
