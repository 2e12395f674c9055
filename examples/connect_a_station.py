"""The station of connect-a-station.ts in another language, written from OCPP 2.1 (part 4, OCPP-J) and RFC 6455 with nothing but
Python's own library. It boots, lets one driver in, takes the empty pack, gives the charged one, and leaves.

    python3 examples/connect_a_station.py ws://127.0.0.1:8080/ocpp STATION PASSWORD CARD PACK_OF_THE_CAR PACK_IN_SLOT_1

The arguments are those that examples/partner-swap.ts prints.
"""
import base64
import hashlib
import json
import os
import socket
import struct
import sys
import time
import uuid
from urllib.parse import quote, urlsplit

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


class WebSocket:
    """A client of RFC 6455, as far as OCPP needs it: text in whole frames or in parts, ping, close."""

    def __init__(self, url, user, password, protocol):
        place = urlsplit(url)
        self.socket = socket.create_connection((place.hostname, place.port or 80), timeout=30)
        self.stream = self.socket.makefile("rb")
        nonce = base64.b64encode(os.urandom(16)).decode()
        login = base64.b64encode(f"{user}:{password}".encode()).decode()
        self.socket.sendall(
            (
                f"GET {place.path} HTTP/1.1\r\nHost: {place.netloc}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                f"Sec-WebSocket-Key: {nonce}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: {protocol}\r\n"
                f"Authorization: Basic {login}\r\n\r\n"
            ).encode()
        )
        status = self.stream.readline().decode().strip()
        headers = {}
        while line := self.stream.readline().decode().strip():
            name, value = line.split(":", 1)
            headers[name.lower()] = value.strip()
        due = base64.b64encode(hashlib.sha1(f"{nonce}258EAFA5-E914-47DA-95CA-C5AB0DC85B11".encode()).digest()).decode()
        if " 101 " not in f"{status} " or headers.get("sec-websocket-accept") != due:
            raise SystemExit(f"the server does not let this station in: {status}")
        if headers.get("sec-websocket-protocol") != protocol:
            raise SystemExit(f"the server does not speak {protocol}")

    def send(self, text, kind=TEXT):
        data = text.encode() if isinstance(text, str) else text
        size = len(data)
        length = bytes([0x80 | size]) if size < 126 else b"\xfe" + struct.pack(">H", size)
        mask = os.urandom(4)
        masked = bytes(it ^ mask[index % 4] for index, it in enumerate(data))
        self.socket.sendall(bytes([0x80 | kind]) + length + mask + masked)

    def receive(self):
        """The next text; None when the server has closed."""
        text = b""
        while True:
            head = self.stream.read(2)
            if len(head) < 2:
                return None
            is_last, kind, size = head[0] & 0x80, head[0] & 0x0F, head[1] & 0x7F
            if size == 126:
                size = struct.unpack(">H", self.stream.read(2))[0]
            elif size == 127:
                size = struct.unpack(">Q", self.stream.read(8))[0]
            data = self.stream.read(size)
            if kind == CLOSE:
                return None
            if kind == PING:
                self.send(data, PONG)
            elif kind != PONG:
                text += data
                if is_last:
                    return text.decode()

    def close(self):
        self.send(struct.pack(">H", 1000), CLOSE)
        self.socket.close()


class Station:
    """OCPP-J: one call at a time; what the server asks meanwhile is answered."""

    def __init__(self, socket):
        self.socket = socket

    def call(self, action, payload):
        message_id = str(uuid.uuid4())
        print(f"-> {action} {json.dumps(payload)}", flush=True)
        self.socket.send(json.dumps([2, message_id, action, payload]))
        while (text := self.socket.receive()) is not None:
            kind, its_id, *rest = json.loads(text)
            if kind == 2:
                refusal = [4, its_id, "NotSupported", f"{rest[0]} is not supported by this example", {}]
                self.socket.send(json.dumps(refusal))
            elif its_id == message_id and kind == 3:
                print(f"<- {json.dumps(rest[0])}", flush=True)
                return rest[0]
            elif its_id == message_id:
                raise SystemExit(f"{action}: {rest[0]}: {rest[1]}")
        raise SystemExit(f"{action}: the server has hung up")


def swap(station, card, pack_in, pack_out):
    boot = station.call(
        "BootNotification",
        {
            "reason": "PowerUp",
            "chargingStation": {"vendorName": "Another language", "model": "Example", "firmwareVersion": "2.0.0"},
        },
    )
    if boot["status"] != "Accepted":
        raise SystemExit(f"boot: {boot['status']}")
    token = {"idToken": card, "type": "ISO14443"}
    info = station.call("Authorize", {"idToken": token})["idTokenInfo"]
    if info["status"] != "Accepted":
        raise SystemExit(f"the driver may not swap: {info}")
    request = int(time.time())  # a number of the station's own choice, new for each swap
    for event, slot, pack, charge in (("BatteryIn", 21, pack_in, 12), ("BatteryOut", 1, pack_out, 95)):
        battery = {"evseId": slot, "serialNumber": pack, "soC": charge, "soH": 97}
        whose = {"idToken": token, "requestId": request}
        station.call("BatterySwap", {**whose, "eventType": event, "batteryData": [battery]})


if __name__ == "__main__":
    if len(sys.argv) != 7:
        raise SystemExit(__doc__)
    url, name, password, card, pack_in, pack_out = sys.argv[1:]
    line = WebSocket(f"{url}/{quote(name, safe='')}", name, password, "ocpp2.1")
    swap(Station(line), card, pack_in, pack_out)
    line.close()
