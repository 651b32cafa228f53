#!/usr/bin/env bash
# What somebody does who has just cloned the repository: `make run`, a look, Ctrl-C, `make test`.
# Each case is a fresh clone of HEAD in another place, with a home and an environment of its own,
# so that nothing of ours is found. Linux only.
#
#   tests/newcomer.sh                           all cases
#   tests/newcomer.sh root-closed plain-user    these
#   JOBS=2 tests/newcomer.sh                    two at a time
#
# ARGS chooses what `make test` runs. What this machine cannot show is skipped, and says why.
set -uo pipefail

CASES=(root-closed plain-user second-start ctrl-c accents odd-signs long-path umask-077
    python-3.11 python-3.12 python-3.13 python-too-old without-gcc without-home port-taken
    without-network linked-var temporary-directory c-locale other-directory)
ARGS=${ARGS:--q tests/test_architecture.py}
JOBS=${JOBS:-1}
# An account that is on every Linux and may do nothing.
PLAIN_ACCOUNT=nobody
NOTICE="these entries are made up"
START_SECONDS=600
STOP_SECONDS=60
TEST_SECONDS=600
REPOSITORY=$(cd "$(dirname "$0")/.." && pwd)

# What a case may change before it goes the way ---------------------------------------------------

account=        # as whom; empty: as ourselves
mode=755        # of the directory above the clone
name=register   # of the clone, below that directory
umask=022
variables=()    # of the environment
options=()      # of make
from=           # where make is called; empty: in the clone
shares_cache=1  # what was fetched for a case before; empty: nothing
demonstration=0 # 1 as for everybody; to load it takes longest, and is the same in every place

port=
mark=0          # how many lines of output are of former starts
process=        # the make that runs
helper=         # and a process that it is to meet

# The place ---------------------------------------------------------------------------------------

make_place() {
    place=$work/$case
    clone=$place/$name
    umask "$umask"
    mkdir -p "$place/home/.config" "$(dirname "$clone")"
    git clone --quiet "$REPOSITORY" "$clone" >>"$output" 2>&1 || fail "git clone"
    # How pip and uv reach an index belongs to the machine.
    for directory in pip uv; do
        if [[ -d ${XDG_CONFIG_HOME:-$HOME/.config}/$directory ]]; then
            cp -RL "${XDG_CONFIG_HOME:-$HOME/.config}/$directory" "$place/home/.config/"
        fi
    done
    if [[ -d $HOME/.pip ]]; then cp -RL "$HOME/.pip" "$place/home/"; fi
    if [[ $account ]]; then chown -R "$account:" "$place"; fi
    if ((!demonstration)); then variables+=(DEMONSTRATION=0); fi
    chmod "$mode" "$place"
    if [[ $shares_cache ]]; then
        # Not open for another account, and never taken from a home.
        local cache=$work/cache-${account:-own}
        mkdir -p "$cache"
        if [[ $account ]]; then chown "$account:" "$cache"; fi
        variables+=("UV_CACHE_DIR=$cache/uv" "PIP_CACHE_DIR=$cache/pip")
    fi
}

# Replaces the shell by a command of the newcomer.
become_newcomer() {
    # In a terminal, Python does not keep back what it prints.
    local -a clean=("HOME=$place/home" "PATH=$PATH" "LANG=${LANG:-C.UTF-8}" PYTHONUNBUFFERED=1)
    local -a as=()
    local variable
    while read -r variable; do
        case $variable in
            PIP_CACHE_DIR | UV_CACHE_DIR) ;;
            PIP_* | UV_* | *_proxy | *_PROXY | SSL_CERT_* | REQUESTS_CA_BUNDLE | CURL_CA_BUNDLE)
                clean+=("$variable=${!variable}")
                ;;
        esac
    done < <(compgen -e)
    if [[ $account ]]; then
        as=(setpriv "--reuid=$account" "--regid=$(id -g "$account")" --clear-groups)
    fi
    cd "${from:-$clone}" || exit
    # A shell lets what it starts in the background ignore Ctrl-C; a terminal does not.
    exec "${as[@]}" env --ignore-environment --default-signal=INT,QUIT \
        "${clean[@]}" "${variables[@]}" "$@"
}

# The way -----------------------------------------------------------------------------------------

# Starts make in a session of its own, as a terminal would.
launch() {
    (become_newcomer ${port:+"PORT=$port"} setsid make "${options[@]}" "$@") >>"$output" 2>&1 &
    process=$!
}

# Waits so many seconds for the end of what was launched; tells whether it came, `status` how.
ended_within() {
    local deadline=$((SECONDS + $1))
    while kill -0 "$process" 2>/dev/null; do
        if ((SECONDS > deadline)); then return 1; fi
        sleep 0.2
    done
    wait "$process"
    status=$?
    process=
}

start() {
    port=$(free_port)
    mark=$(wc -l <"$output")
    launch run
}

# What the present start has said.
said() { tail -n "+$((mark + 1))" "$output" | grep -qF -- "$1"; }

wait_until() {
    local deadline=$((SECONDS + START_SECONDS))
    until "$@"; do
        kill -0 "$process" 2>/dev/null || fail "make run ended by itself"
        ((SECONDS < deadline)) || fail "not within $START_SECONDS seconds: $*"
        sleep 0.2
    done
}

page() {
    curl --silent --fail --noproxy '*' --max-time 30 --output "$work/$case.html" \
        "http://127.0.0.1:$port/en/"
}

see_the_site() {
    wait_until page
    if ((demonstration)); then
        grep -qF "$NOTICE" "$work/$case.html" || fail "the page does not say: $NOTICE"
    fi
}

press_ctrl_c() {
    kill -INT -- "-$process"
    ended_within "$STOP_SECONDS" || fail "does not end within $STOP_SECONDS seconds of Ctrl-C"
    nothing_is_left
}

# Make ends by the signal that it got, so that a shell knows of it: 128 + SIGINT.
stop() {
    press_ctrl_c
    ((status == 130)) || fail "status $status after Ctrl-C"
    if said "***"; then fail "make complains about Ctrl-C"; fi
}

nothing_is_left() {
    local there
    there=$(processes_of_the_case)
    [[ -z $there ]] || fail "left running: $there"
    if (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then fail "port $port is not free"; fi
    if grep -q "^Traceback" "$output"; then fail "a traceback"; fi
}

# PostgreSQL's data may be elsewhere.
processes_of_the_case() {
    local data line
    data=$(cat "$clone/var/postgres.location" 2>/dev/null || echo "$place/")
    for directory in /proc/[0-9]*; do
        line=$(tr '\0' ' ' 2>/dev/null <"$directory/cmdline")
        if [[ $line == *"$place/"* || $line == *"$data"* ]]; then echo "${directory#/proc/}: $line"; fi
    done
}

go() {
    make_place
    start
    see_the_site
    stop
}

run_tests() {
    launch test "ARGS=$ARGS"
    ended_within "$TEST_SECONDS" || fail "make test takes more than $TEST_SECONDS seconds"
    ((status == 0)) || fail "make test: status $status"
}

# Asks the running database as whoever runs it.
query() {
    local sockets
    sockets=$(sed -n 5p "$clone"/var/postgres/pg*/postmaster.pid)
    (become_newcomer .venv/bin/python -c "
import psycopg, sys
with psycopg.connect(host=sys.argv[1], user='register', dbname='register') as connection:
    cursor = connection.execute(sys.argv[2])
    print(cursor.fetchall() if cursor.description else cursor.statusmessage)" "$sockets" "$1") 2>>"$output"
}

refuses() {
    ended_within "$1" || fail "does not refuse within $1 seconds"
    ((status != 0)) || fail "status 0"
    said "$2" || fail "does not say: $2"
    if grep -q "^Traceback" "$output"; then fail "a traceback"; fi
}

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# Cases -------------------------------------------------------------------------------------------

case_root-closed() {
    ((EUID == 0)) || skip "not root"
    mode=700 shares_cache='' demonstration=1
    go
    run_tests
}

case_plain-user() {
    plain
    shares_cache='' demonstration=1
    go
    run_tests
}

case_second-start() {
    plain
    demonstration=1
    make_place
    start
    see_the_site
    [[ $(query "CREATE TABLE kept AS SELECT 42 AS answer") == "SELECT 1" ]] || fail "enters nothing"
    stop
    start
    see_the_site
    [[ $(query "SELECT answer FROM kept") == "[(42,)]" ]] || fail "what was entered is lost"
    said "demonstration register: 0 processing activities added" || fail "loads all again"
    stop
}

# At any time: what was interrupted is made good by the next start.
case_ctrl-c() {
    plain
    demonstration=1
    make_place
    for moment in "Installing requirements/local.txt" "organisations:" "Ctrl-C stops the site"; do
        start
        wait_until said "$moment"
        press_ctrl_c
        ((status != 0)) || fail "status 0 after Ctrl-C"
    done
    start
    see_the_site
    stop
}

case_accents() {
    plain
    name="Mes dossiers d'été/Verarbeitungstätigkeiten – register ü"
    go
    run_tests
}

case_odd-signs() {
    name="100% \"R&D\" it's \$HOME [1] (a; b) #2"
    go
    run_tests
}

case_long-path() {
    plain
    name=$(printf 'a-directory-in-a-directory/%.0s' {1..8})register
    go
    run_tests
}

case_umask-077() {
    umask=077 shares_cache=''
    go
    run_tests
}

case_python-3.11() { with_python 3.11; }
case_python-3.12() { with_python 3.12; }
case_python-3.13() { with_python 3.13; }

with_python() {
    local candidate
    for candidate in "$(command -v "python$1")" \
        "${PYENV_ROOT:-$HOME/.pyenv}"/versions/"$1".*/bin/"python$1"; do
        # The first may be a wrapper around nothing.
        if [[ $("$candidate" -c 'import ensurepip, venv; print("has all")' 2>/dev/null) ]]; then
            options=("PYTHON=$candidate")
            go
            run_tests
            "$clone/.venv/bin/python" --version | grep -qF "Python $1." || fail "another Python"
            return
        fi
    done
    skip "no python$1"
}

case_python-too-old() {
    options=(PYTHON=false)
    make_place
    start
    refuses 10 "Python 3.11 or later is needed"
}

# All programs but compilers.
case_without-gcc() {
    mkdir "$work/programs"
    local directories directory
    IFS=: read -ra directories <<<"$PATH"
    for directory in "${directories[@]}"; do
        # Of two with one name, the first counts.
        find "$directory" -maxdepth 1 ! -type d -executable \
            ! -name '*gcc*' ! -name '*g++*' ! -name '*clang*' ! -name cc ! -name c++ \
            ! -name 'c[89]9*' ! -name cargo ! -name rustc ! -name '*-ld*' ! -name ld \
            -exec ln -s -t "$work/programs" {} + 2>/dev/null
    done
    # shellcheck disable=SC2123 # the search path is meant
    PATH=$work/programs
    if command -v gcc cc clang rustc >/dev/null; then fail "a compiler is left"; fi
    shares_cache=''
    go
    run_tests
}

case_without-home() {
    plain
    shares_cache=''
    make_place
    variables+=(HOME=/nonexistent "XDG_CONFIG_HOME=$place/home/.config")
    start
    see_the_site
    stop
}

case_port-taken() {
    make_place
    exec {lines}< <(exec python3 -c '
import socket, time
with socket.create_server(("127.0.0.1", 0)) as listener:
    print(listener.getsockname()[1], flush=True)
    time.sleep(300)')
    helper=$!
    read -r port <&"$lines"
    launch run
    refuses 10 "Port $port is taken"
    port=web
    launch run
    refuses 10 "PORT must be a number"
    [[ ! -e $clone/.venv ]] || fail "installs something first"
}

case_without-network() {
    # Nobody listens there.
    local nowhere=http://127.0.0.1:9/simple reachable=("${variables[@]}")
    shares_cache=''
    make_place
    variables+=(PIP_CONFIG_FILE=/dev/null "PIP_INDEX_URL=$nowhere" PIP_EXTRA_INDEX_URL=
        PIP_FIND_LINKS= UV_NO_CONFIG=1 "UV_DEFAULT_INDEX=$nowhere" UV_INDEX= UV_FIND_LINKS=)
    start
    refuses 180 "Packages could not be installed"
    said "$nowhere" || fail "does not say what cannot be reached"
    # Half way: the network went away after the first step.
    local -a unreachable=("${variables[@]}")
    variables=("${reachable[@]}")
    launch .venv/bin/uv
    ended_within 180 || fail "uv takes long"
    ((status == 0)) || fail "uv: status $status"
    variables=("${unreachable[@]}")
    start
    refuses 180 "Packages could not be installed"
    said "$nowhere" || fail "does not say what cannot be reached"
}

case_linked-var() {
    make_place
    mkdir -p "$place/another disk"
    ln -s "$place/another disk" "$clone/var"
    ln -s "$clone" "$place/linked"
    from=$place/linked
    start
    see_the_site
    stop
}

# Of temporary files: one that is long and has odd signs, one that is closed, one that is not there.
case_temporary-directory() {
    make_place
    local long
    long="$place/Temporary, and $(printf 'long-%.0s' {1..20})"
    mkdir -p "$long" "$place/closed"
    chmod 700 "$place/closed"
    for directory in "$long" "$place/closed" /nonexistent; do
        variables+=("TMPDIR=$directory")
        start
        see_the_site
        stop
    done
    run_tests
}

case_c-locale() {
    name="dossiers d'été"
    variables=(LC_ALL=C LANG=)
    go
    run_tests
}

case_other-directory() {
    plain
    make_place
    from=/
    options=(-C "$clone")
    start
    see_the_site
    stop
    run_tests
}

plain() {
    if ((EUID != 0)); then return; fi
    account=$PLAIN_ACCOUNT
    # Ours may be in a directory that is closed for others; setpriv itself may still enter it.
    setpriv "--reuid=$account" "--regid=$(id -g "$account")" --clear-groups \
        env python3 -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' \
        2>/dev/null || skip "the account $account has no Python of 3.11 or later with venv"
}

# Running and reporting ---------------------------------------------------------------------------

fail() {
    echo "$*" >"$work/$case.why"
    exit 1
}

skip() {
    echo "$*" >"$work/$case.why"
    exit 3
}

# Ends what was started and removes what it made, also outside of the place.
clean_up() {
    trap - EXIT TERM
    if [[ $process ]] && kill -0 "$process" 2>/dev/null; then
        kill -INT -- "-$process"
        ended_within 20 || kill -KILL -- "-$process"
    fi
    if [[ $helper ]]; then kill "$helper"; fi
    if [[ ${place:-} ]]; then
        make -s -C "$clone" clean >/dev/null 2>&1
        rm -rf "$place"
    fi
}

run_case() {
    local began=$SECONDS result
    output=$work/$1.log
    (
        case=$1
        : >"$output"
        trap clean_up EXIT
        trap 'exit 143' TERM
        "case_$1"
    ) &
    local running=$!
    trap 'kill "$running" 2>/dev/null; wait "$running"; exit 143' TERM
    wait "$running"
    result=$?
    case $result in
        0) echo "ok   $1 ($((SECONDS - began)) s)" ;;
        3) echo "skip $1: $(cat "$work/$1.why")" ;;
        *)
            echo "FAIL $1: $(cat "$work/$1.why" 2>/dev/null || echo "status $result")"
            tail -n 30 "$output" | sed 's/^/     | /'
            : >"$work/failed"
            ;;
    esac
}

main() {
    local chosen=("$@") failed=0 case
    if ((${#chosen[@]} == 0)); then chosen=("${CASES[@]}"); fi
    for case in "${chosen[@]}"; do
        declare -F "case_$case" >/dev/null || {
            echo "There is no case $case: ${CASES[*]}" >&2
            exit 2
        }
    done
    work=$(mktemp -d /tmp/newcomer-XXXXXX)
    # Every account may pass, none may look around.
    chmod 711 "$work"
    trap 'kill $(jobs -p); wait; rm -rf "$work"; exit 130' INT TERM
    for case in "${chosen[@]}"; do
        while (($(jobs -pr | wc -l) >= JOBS)); do wait -n; done
        run_case "$case" &
    done
    wait
    if [[ -e $work/failed ]]; then failed=1; fi
    rm -rf "$work"
    exit "$failed"
}

main "$@"
