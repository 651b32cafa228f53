"""deploy/ fits together, and to the image, the README and the schemas of Kubernetes."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import kubernetes_validate
import pytest
import yaml

from registry_site.local.proxy import PROGRAM
from tests.proxy.arrangement import needs_nginx, self_signed
from tests.running_site import ROOT
from tests.test_container import stages

DEPLOY = ROOT / "deploy"
KUBERNETES = DEPLOY / "kubernetes"
# The oldest and the newest for which the manifests are meant.
VERSIONS = ("1.29", "1.35")
PODS = ("Deployment", "Job", "CronJob")
KUBECTL = shutil.which("kubectl")
compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
kustomization = yaml.safe_load((KUBERNETES / "kustomization.yaml").read_text())
manifests = [
    manifest
    for name in kustomization["resources"]
    for manifest in yaml.safe_load_all((KUBERNETES / name).read_text())
]
# By the name of the stage; the last one, which is built without a name, has none.
images = {stage[0][1].partition(" AS ")[2]: dict(stage) for stage in stages()}
PORT = {"register": 8000, "register-proxy": 8080}
METRICS_PORT = 9000


def of_kind(*kinds: str) -> list[dict]:
    return [manifest for manifest in manifests if manifest["kind"] in kinds]


def pod_of(manifest: dict) -> dict:
    """The template of a pod: its labels and what it runs."""
    spec = manifest["spec"]
    return (spec["jobTemplate"]["spec"] if "jobTemplate" in spec else spec)["template"]


def name_of(manifest: dict) -> str:
    return f"{manifest['kind']} {manifest['metadata']['name']}"


pods = pytest.mark.parametrize("manifest", of_kind(*PODS), ids=name_of)
services = pytest.mark.parametrize("name", compose["services"])


def variables(path: Path) -> set[str]:
    lines = path.read_text().splitlines()
    return {line.partition("=")[0] for line in lines if line and not line.startswith("#")}


def documented() -> set[str]:
    table = [line for line in (ROOT / "README.md").read_text().splitlines() if line[:3] == "| `"]
    return {name for line in table for name in re.findall(r"`([A-Z_]+)`", line.split("|")[1])}


def test_every_variable_is_in_the_table_of_the_readme():
    used = variables(DEPLOY / "register.env.example") | variables(KUBERNETES / "settings.env")
    used |= set(compose["services"]["web"]["environment"])
    used |= set(re.findall(r'^(?:echo ")?([A-Z_]+)=', (DEPLOY / "secrets.sh").read_text(), re.M))
    used |= {
        variable["name"]
        for manifest in of_kind(*PODS)
        for variable in pod_of(manifest)["spec"]["containers"][0].get("env", [])
    }

    assert used - documented() == set()
    assert {"DATABASE_URL", "SECRET_KEY", "ALLOWED_HOSTS", "CLIENT_ADDRESS_HEADER"} <= used


def test_every_command_is_there():
    texts = [path.read_text() for path in DEPLOY.rglob("*.yaml")]
    text = "\n".join(texts)
    named = set(re.findall(r"manage\.py,? (\w+)", text))
    for loop in re.findall(r"for \w+ in ([\w ]+);", text):
        named |= set(loop.split())

    ours = {path.stem for path in ROOT.glob("*/management/commands/*.py")} | {"migrate"}
    assert named - ours == set()
    assert {"migrate", "send_mail", "bring_in_registers", "purge"} <= named
    assert {"remind_reviews", "remind_questions"} <= named


def test_every_image_that_others_make_is_named_by_digest():
    others = [stage[0][1].partition(" AS ")[0] for stage in stages()]
    others += [each["image"] for each in compose["services"].values() if "build" not in each]

    assert len(others) == 4
    assert all(re.fullmatch(r"[\w.-]+:[\w.-]+@sha256:[0-9a-f]{64}", image) for image in others), (
        others
    )


@services
def test_container_may_do_nothing_but_its_work(name):
    service = compose["services"][name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert {"mem_limit", "cpus", "pids_limit", "restart"} <= set(service)
    # `up --wait` refuses a container whose check is turned off.
    assert "disable" not in service.get("healthcheck", {})
    if service["image"] in PORT:
        image = images[service["build"].get("target", "")]
        assert int(image["USER"]) > 0
        assert image["EXPOSE"] == str(PORT[service["image"]])
    else:
        assert int(service["user"].split(":")[0]) > 0


def test_only_the_proxy_is_reached_from_outside_and_the_database_by_few():
    services = compose["services"]

    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert {name for name, service in services.items() if "outside" in service["networks"]} == {
        *("proxy", "mail"),
    }
    assert compose["networks"]["back"] == compose["networks"]["front"] == {"internal": True}
    assert "back" not in services["proxy"]["networks"]


def test_each_service_is_somebody_else_to_the_database(tmp_path):
    """secrets.sh makes what compose.yaml reads, once."""
    shutil.copy(DEPLOY / "secrets.sh", tmp_path)
    (tmp_path / "register.env").touch()
    made = ["sh", tmp_path / "secrets.sh"]
    environment = dict(os.environ)
    if os.geteuid() != 0:  # no rights to give files away
        (tmp_path / "chown").symlink_to("/bin/true")
        environment["PATH"] = f"{tmp_path}:{environment['PATH']}"
    subprocess.run(made, env=environment, check=True, capture_output=True)
    secrets = tmp_path / "secrets"
    contents = {path.name: path.read_text() for path in secrets.iterdir()}
    again = subprocess.run(made, check=False, capture_output=True, text=True)

    assert (again.returncode, "nothing was changed" in again.stderr) == (1, True)
    assert {path.name: path.read_text() for path in secrets.iterdir()} == contents
    passwords = dict(re.findall(r"ROLE (\w+) LOGIN PASSWORD '(\w+)'", contents["roles.sql"]))
    passwords["register"] = contents["database-password"]
    assert len(set(passwords.values())) == len(passwords) == 4
    who = {}
    for name, service in compose["services"].items():
        values = {}
        for file in service.get("env_file", ()):
            lines = (tmp_path / file).read_text().splitlines()
            values |= dict(line.split("=", 1) for line in lines if not line.startswith("#"))
        for setting in ("DATABASE_URL", "PUBLIC_DATABASE_URL"):
            if setting in values:
                role, password = re.match(
                    r"postgres://(\w+):(\w+)@database/", values[setting]
                ).groups()
                assert password == passwords[role]
                who.setdefault(role, set()).add(name)
    assert who == {
        "register": {"prepare"},
        "register_site": {"web", "daily"},
        "register_public": {"web", "daily"},
        "register_worker": {"mail", "imports"},
    }
    assert {path.stat().st_mode & 0o777 for path in secrets.iterdir()} == {0o600}
    read_in_a_container = {Path(kept["file"]).name for kept in compose["secrets"].values()}
    given = {path.name for path in secrets.iterdir() if path.stat().st_uid == 999}
    if os.geteuid() == 0:
        assert given == read_in_a_container - {"certificate.pem", "certificate.key"}


def test_each_pod_is_somebody_else_to_the_database():
    who = {}
    for manifest in of_kind(*PODS):
        (container,) = pod_of(manifest)["spec"]["containers"]
        for source in container.get("envFrom", ()):
            secret = source.get("secretRef", {}).get("name", "")
            if secret.startswith("database-"):
                who.setdefault(secret, set()).add(manifest["metadata"]["name"])

    assert who == {
        "database-owner": {"prepare"},
        "database-site": {"web", "remind-reviews", "remind-questions", "purge"},
        "database-worker": {"mail", "imports"},
    }


@pytest.mark.parametrize("place", ["compose.yaml", "kubernetes/prepare.yaml"])
def test_roles_get_their_rights_after_each_migration(place):
    assert re.search(
        r"migrate --no-input\n +python manage.py grant_roles --site register_site "
        r"--public register_public --worker register_worker\n",
        (DEPLOY / place).read_text(),
    )


def test_services_wait_for_others_that_exist():
    for service in compose["services"].values():
        for other, how in service.get("depends_on", {}).items():
            awaited = compose["services"][other]
            if how["condition"] == "service_healthy":
                assert "test" in awaited["healthcheck"]
    read = [
        secret for service in compose["services"].values() for secret in service.get("secrets", [])
    ]
    assert set(compose["secrets"]) == {
        secret if isinstance(secret, str) else secret["source"] for secret in read
    }


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("manifest", manifests, ids=name_of)
def test_manifest_fits_the_schema(manifest, version):
    kubernetes_validate.validate(manifest, version, strict=True)


@pods
def test_pod_may_do_nothing_but_its_work(manifest):
    pod = pod_of(manifest)["spec"]

    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    (container,) = pod["containers"]
    assert container["image"] in PORT
    assert container["resources"]["limits"]["memory"]
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    volumes = {volume["name"] for volume in pod["volumes"]}
    assert {mount["name"] for mount in container["volumeMounts"]} == volumes


@pods
def test_pod_serves_where_others_look_for_it(manifest):
    (container,) = pod_of(manifest)["spec"]["containers"]
    for port in container.get("ports", []):
        assert port["containerPort"] in (PORT[container["image"]], METRICS_PORT)
        assert {"readinessProbe", "livenessProbe"} <= set(container)
    if manifest["kind"] == "Deployment":
        labels = pod_of(manifest)["metadata"]["labels"]
        assert manifest["spec"]["selector"]["matchLabels"].items() <= labels.items()


def test_what_is_selected_exists():
    labels = [pod_of(manifest)["metadata"]["labels"] for manifest in of_kind(*PODS)]
    selectors = [manifest["spec"]["selector"] for manifest in of_kind("Service")]
    budgets = of_kind("PodDisruptionBudget")
    selectors += [manifest["spec"]["selector"]["matchLabels"] for manifest in budgets]
    for policy in of_kind("NetworkPolicy"):
        selectors.append(policy["spec"]["podSelector"].get("matchLabels", {}))

    for selector in selectors:
        assert any(selector.items() <= found.items() for found in labels), selector
    # All that are several, and none that is one.
    several = {name_of(each).split()[1] for each in of_kind("Deployment") if is_several(each)}
    assert {name_of(budget).split()[1] for budget in budgets} == several


def is_several(deployment: dict) -> bool:
    return deployment["spec"]["replicas"] > 1


@pytest.mark.skipif(KUBECTL is None, reason="no kubectl")
def test_kustomization_builds_with_images_and_settings():
    built = subprocess.run(
        [KUBECTL, "kustomize", KUBERNETES], capture_output=True, text=True, check=True
    )
    documents = list(yaml.safe_load_all(built.stdout))

    assert len(documents) == len(manifests) + len(kustomization["configMapGenerator"])
    assert {document["metadata"].get("namespace") for document in documents} == {"register"}
    assert "image: register\n" not in built.stdout


@needs_nginx
@pytest.mark.parametrize("place", ["compose", "kubernetes"])
def test_proxy_of_each_place_is_understood(place, tmp_path):
    """By nginx, with addresses of this machine for those that only the place knows."""
    home = tmp_path / "proxy"
    shutil.copytree(DEPLOY / "nginx", home)
    (home / "here").mkdir()
    certificate = self_signed(tmp_path)
    for path in (DEPLOY / place / "here").iterdir():
        text = path.read_text().replace("server web:8000", "server 127.0.0.1:8000")
        (home / "here" / path.name).write_text(re.sub(r"/run/secrets/\w+", f"{certificate}", text))

    told = subprocess.run(
        [PROGRAM, "-t", "-p", f"{home}/", "-c", home / "nginx.conf"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.returncode == 0, told.stderr
    assert "[warn]" not in told.stderr


@pytest.mark.parametrize("place", ["compose", "kubernetes"])
def test_proxy_of_each_place_finds_the_site(place):
    text = (DEPLOY / place / "here" / "http.conf").read_text()

    (sites,) = re.findall(r"upstream site \{(.+?)\}", text, re.DOTALL)
    assert set(re.findall(r"server (\S+?)[ ;]", sites)) == {f"web:{PORT['register']}"}
    assert "web" in compose["services"]
    assert "Service web" in map(name_of, manifests)
