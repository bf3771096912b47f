"""moto on a free loopback port: prints the port, and ends when standard input does, whatever became of who started it.

POST /weir/objects?bucket=NAME with lines of JSON strings makes an object of each such key, whose content is the key: thousands of
requests through the front door take minutes.
"""

import json
import logging
import os
import sys
import threading
from urllib.parse import parse_qs

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from moto.s3.models import s3_backends
from werkzeug.serving import make_server

ACCOUNT = "123456789012"

logging.getLogger("werkzeug").setLevel(logging.ERROR)
aws = DomainDispatcherApplication(create_backend_app)


def application(environ, start_response):
    if environ["PATH_INFO"] != "/weir/objects":
        return aws(environ, start_response)
    bucket = parse_qs(environ["QUERY_STRING"])["bucket"][0]
    lines = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).splitlines()
    for key in map(json.loads, lines):
        s3_backends[ACCOUNT]["aws"].put_object(bucket, key, key.encode())
    start_response("200 OK", [("Content-Length", "0")])
    return []


server = make_server("127.0.0.1", 0, application, threaded=True)


def end_with_standard_input() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


threading.Thread(target=end_with_standard_input, daemon=True).start()
print(server.server_port, flush=True)
server.serve_forever()
