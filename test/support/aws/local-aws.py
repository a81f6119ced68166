"""Installs moto into a virtual environment of its own, once, and serves it on a free port of loopback.

Called with the folder and the requirement. Says one line of JSON on standard output: {"port": …} or {"failed": reason}.
Ends when its standard input does, so it cannot outlive the test that started it.
"""

import json
import logging
import os
import subprocess
import sys


def say(**what):
    print(json.dumps(what), flush=True)


def install(folder, requirement):
    """Makes the environment where it is not there. Of several that start at once, one does it and the others wait; the
    lock is the kernel's, so that it goes with its process."""
    import fcntl
    import venv

    os.makedirs(os.path.dirname(folder), exist_ok=True)
    ready = os.path.join(folder, "ready")
    python = os.path.join(folder, "bin", "python")
    with open(folder + ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not os.path.exists(ready):
            venv.create(folder, clear=True, with_pip=True)
            options = ["--quiet", "--disable-pip-version-check", "--retries", "3", "--no-compile"]
            pip = [python, "-m", "pip", "install", *options, requirement]
            run = subprocess.run(pip, stdin=subprocess.DEVNULL, capture_output=True, text=True)
            if run.returncode != 0:
                errors = [line for line in run.stderr.splitlines() if line.startswith("ERROR")]
                raise RuntimeError(f"pip install {requirement}: {(errors or run.stderr.splitlines() or ['failed'])[0]}")
            with open(ready, "w"):
                pass
    return python


def serve():
    # What is used is compiled once, at its first use: a third of the install's time.
    sys.dont_write_bytecode = False
    from moto.moto_server.threaded_moto_server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    say(port=server.get_host_and_port()[1])
    sys.stdin.read()
    os._exit(0)


if sys.argv[1] == "serve":
    serve()
else:
    try:
        python = install(sys.argv[1], sys.argv[2])
    except subprocess.CalledProcessError as error:
        say(failed=f"python3 -m venv: {(error.output or b'').decode().strip() or error} (apt-get install -y python3-venv)")
    except Exception as error:
        say(failed=str(error))
    else:
        os.execv(python, [python, __file__, "serve"])
