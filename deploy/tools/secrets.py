"""Makes every secret of a county installation, each in a file of its own: `make secrets`.

Nothing that exists is made anew, so a second run adds what a new department needs and renews the tokens.
No password has a default.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from shouwang.access.keys import PUBLIC
from shouwang.access.tokens import LONGEST
from shouwang.service.discovery import DEPARTMENTS, SERVICES, named
from shouwang.service.keyfiles import issuer_of, ring_of, service_actor, write_service_token
from shouwang.settings import Settings

from deploy.tools.entries import subscriptions
from deploy.tools.rabbitmq_accounts import OPERATOR, VHOST, definitions
from deploy.tools.stores import MONGO

FOLDER = Path(__file__).parents[1] / "secrets"
MONGO_HOSTS = ",".join(f"{host}:27017" for host in MONGO)
PRIVATE = 0o600
SERVICE_UID = 10001
STORE_UID = 999
"""Of the accounts `rabbitmq` and `mongodb` in their images."""
OF_THE_STORES = ("rabbitmq_definitions", "mongo_root")


def make(folder: Path, county: str) -> list[str]:
    """Make what is missing for an installation of this county (division code); return the services' names."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    names = [*named(SERVICES), *named(DEPARTMENTS)]
    _make_keys(folder, names, county)
    broker = {name: _kept(folder / f"rabbitmq_{name}", _password) for name in [*names, OPERATOR]}
    store = {name: _kept(folder / f"mongo_{name}", _password) for name in [*names, OPERATOR]}
    _write_addresses(folder, broker, store)
    _write_json(folder / "rabbitmq_definitions", definitions(broker, subscriptions()))
    _write_json(folder / "mongo_users", {name: _store_user(name, store[name]) for name in store})
    _kept(folder / "mongo_root", _password)
    _kept(folder / "mongo_keyfile", _keyfile)
    return names


def hand_over(folder: Path) -> None:
    """Give each file to the account that reads it inside its container; needs root."""
    for path in _read_by_services(folder):
        os.chown(path, SERVICE_UID, SERVICE_UID)
    for name in OF_THE_STORES:
        os.chown(folder / name, STORE_UID, STORE_UID)


def _read_by_services(folder: Path) -> Iterable[Path]:
    yield from folder.glob("*_uri_*")
    for part in ("keys", "issuer"):
        yield from [folder / part, *(folder / part).rglob("*")]


def _make_keys(folder: Path, names: Iterable[str], county: str) -> None:
    issuer = issuer_of(folder / "issuer")
    public = (folder / "issuer" / PUBLIC).read_bytes()
    for name in names:
        keys = folder / "keys" / name
        ring_of(keys, name)
        write_service_token(keys, issuer, service_actor(name, county), LONGEST)
        (keys / PUBLIC).write_bytes(public)


def _write_addresses(folder: Path, broker: dict[str, str], store: dict[str, str]) -> None:
    for name, password in broker.items():
        _write(folder / f"amqp_uri_{name}", f"amqp://{name}:{password}@rabbitmq:5672/{VHOST}")
        _write(folder / f"mongo_uri_{name}", _mongo_uri(name, store[name]))
    _write(folder / "mongo_backup", f"uri: {_backup_uri(store[OPERATOR])}\n")


def _backup_uri(password: str) -> str:
    """Return an address without a database: what copies takes one there for the only one."""
    return f"mongodb://{OPERATOR}:{password}@{MONGO_HOSTS}/?authSource={_home(OPERATOR)}&replicaSet=rs0"


def _mongo_uri(name: str, password: str) -> str:
    options = "replicaSet=rs0&w=majority&journal=true"
    return f"mongodb://{name}:{password}@{MONGO_HOSTS}/{_home(name)}?{options}"


def _store_user(name: str, password: str) -> dict[str, Any]:
    """Return a user of its own database and no other; the operator may copy all of them, and change none."""
    home = _home(name)
    role = "backup" if name == OPERATOR else "readWrite"
    return {"home": home, "rights": {"pwd": password, "roles": [{"role": role, "db": home}]}}


def _home(name: str) -> str:
    return "admin" if name == OPERATOR else name


def _password() -> str:
    return secrets.token_urlsafe(32)


def _keyfile() -> str:
    """Return what the members of the replica set know each other by: base64, at most 1024 characters."""
    return base64.b64encode(secrets.token_bytes(512)).decode()


def _kept(path: Path, make_new: Callable[[], str]) -> str:
    """Return what the file holds; made when there is none."""
    if not path.exists():
        _write(path, make_new())
    return path.read_text(encoding="ascii")


def _write_json(path: Path, content: Any) -> None:
    _write(path, json.dumps(content, indent=1))


def _write(path: Path, content: str) -> None:
    path.touch(mode=PRIVATE)
    path.chmod(PRIVATE)
    path.write_text(content, encoding="utf-8")


def main() -> int:
    """Make the secrets of this installation and say where they are."""
    names = make(FOLDER, Settings.from_env().county)
    if os.geteuid() == 0:
        hand_over(FOLDER)
    else:
        print("非 root 运行：容器内的账号还读不到这些文件，请以 root 再运行一次。", file=sys.stderr)
    print(f"{len(names)} 个服务的密钥、账号和令牌在 {FOLDER}；请只留给部署账号读取。")
    print("服务令牌三十天内须用同一命令续签。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
