#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A GPS receiver over TCP on loopback: NMEA sentences with the current UTC.

Usage: fake_nmea.py PORTFILE

Listens on a free port of 127.0.0.1 and sends every client RMC, GGA, GSA and
ZDA at the start of each second.  Writes to PORTFILE its port's number and that
of another free one, for the daemon that is to read it.
"""
import os
import socket
import sys
import threading
import time


def sentence(body):
    """The body with its `$`, checksum and line end."""
    checksum = 0
    for byte in body.encode("ascii"):
        checksum ^= byte
    return f"${body}*{checksum:02X}\r\n"


def epoch(seconds):
    """All sentences of the second that began at `seconds` since 1970."""
    utc = time.gmtime(seconds)
    clock = time.strftime("%H%M%S", utc) + ".00"
    place = "5231.2000,N,01324.3000,E"
    return "".join(map(sentence, (
        f"GPRMC,{clock},A,{place},0.0,0.0,{time.strftime('%d%m%y', utc)},,,A",
        f"GPGGA,{clock},{place},1,08,1.0,34.0,M,45.0,M,,",
        "GPGSA,A,3,01,02,03,04,05,06,07,08,,,,,1.8,1.0,1.5",
        f"GPZDA,{clock},{time.strftime('%d,%m,%Y', utc)},00,00",
    ))).encode("ascii")


def serve(client):
    try:
        while True:
            client.sendall(epoch(int(time.time())))
            time.sleep(1 - time.time() % 1)
    except OSError:
        client.close()


def main():
    listener = socket.create_server(("127.0.0.1", 0))
    port_file = sys.argv[1]
    with socket.create_server(("127.0.0.1", 0)) as other, \
            open(port_file + ".new", "w", encoding="ascii") as out:
        print(listener.getsockname()[1], other.getsockname()[1], file=out)
    os.rename(port_file + ".new", port_file)
    while True:
        client, _ = listener.accept()
        threading.Thread(target=serve, args=(client,), daemon=True).start()


main()
