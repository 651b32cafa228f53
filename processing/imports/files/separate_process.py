"""Reads a file in a process of its own with limits: what is hostile ends that process alone.

`read_safely` is what others call. As a program it reads the file from its standard input, with its
name as the argument, and writes a Workbook or a refusal to its standard output. No Django here.
"""

import os
import resource
import signal
import subprocess
import sys

import msgspec

from processing.imports.files.cells import Workbook
from processing.imports.files.hostile import MOST_BYTES, Unreadable

SECONDS = 10
MEMORY = 300_000_000


class Refusal(msgspec.Struct):
    code: str
    detail: str = ""


class Answer(msgspec.Struct):
    """Either of the two."""

    workbook: Workbook | None = None
    refusal: Refusal | None = None


def read_safely(data: bytes, name: str) -> Workbook:
    """What a file holds. Raises Unreadable, after 10 seconds at the latest.

    The process gets nothing of ours but the file: no environment, no place to write to.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable("too_large")
    command = [sys.executable, "-B", "-m", __name__, name[-255:].replace("\0", "")]
    try:
        done = subprocess.run(  # noqa: S603
            command,
            input=data,
            capture_output=True,
            timeout=SECONDS,
            env={"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable("too_slow") from error
    if done.returncode:
        is_slow = done.returncode == -signal.SIGXCPU
        raise Unreadable("too_slow" if is_slow else "too_much")
    answer = msgspec.msgpack.decode(done.stdout, type=Answer)
    if answer.refusal:
        raise Unreadable(answer.refusal.code, answer.refusal.detail)
    return answer.workbook


def limit_this_process() -> None:
    """In seconds of CPU and bytes of memory; it can write no file and leave no core behind."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    limit_this_process()
    # Only now: what reads files is under the limits too.
    from processing.imports.files.reading import read

    try:
        answer = Answer(workbook=read(sys.stdin.buffer.read(), sys.argv[1]))
    except Unreadable as error:
        answer = Answer(refusal=Refusal(error.code, error.detail))
    except MemoryError:
        answer = Answer(refusal=Refusal("too_much"))
    except BaseException:
        answer = Answer(refusal=Refusal("truncated"))
    sys.stdout.buffer.write(msgspec.msgpack.encode(answer))


if __name__ == "__main__":
    main()
