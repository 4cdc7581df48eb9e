"""Makes every secret of a county installation, each in a file of its own: `make secrets`.

Nothing that exists is overwritten, so a second run adds what a new department needs and renews the tokens.
No password has a default.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
from pathlib import Path

from shouwang.access.keys import PUBLIC
from shouwang.access.tokens import LONGEST
from shouwang.service.discovery import DEPARTMENTS, SERVICES, named
from shouwang.service.keyfiles import issuer_of, ring_of, service_actor, write_service_token
from shouwang.settings import Settings

from deploy.tools.rabbitmq_accounts import OPERATOR, VHOST, definitions

FOLDER = Path(__file__).parents[1] / "secrets"
MONGO_HOSTS = "mongo1:27017,mongo2:27017,mongo3:27017"
PRIVATE = 0o600
SERVICE_UID = 10001
RABBITMQ_UID = 999


def make(folder: Path = FOLDER, county: str = Settings.county) -> list[str]:
    """Make what is missing and return the names of the services that now have their secrets."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    names = [*named(SERVICES), *named(DEPARTMENTS)]
    issuer = issuer_of(folder / "issuer")
    for name in names:
        keys = folder / "keys" / name
        ring_of(keys, name)
        write_service_token(keys, issuer, service_actor(name, county), LONGEST)
        (keys / PUBLIC).write_bytes((folder / "issuer" / PUBLIC).read_bytes())
    broker = {name: _password(folder / f"rabbitmq_{name}") for name in [*names, OPERATOR]}
    store = {name: _password(folder / f"mongo_{name}") for name in names}
    _write_uris(folder, broker, store, names)
    _write(folder / "rabbitmq_definitions", json.dumps(definitions(broker), indent=1))
    _write(folder / "mongo_users", _mongo_users(store))
    _password(folder / "mongo_root")
    _password(folder / "mongo_keyfile", 512)
    _hand_over(folder)
    return names


def _hand_over(folder: Path) -> None:
    """Give each file to the account that reads it inside its container; needs root."""
    if os.geteuid() != 0:
        print("非 root 运行：请自行把文件交给容器内的账号（应用 10001，rabbitmq 999）。", file=sys.stderr)
        return
    for path in [*folder.glob("amqp_uri_*"), *folder.glob("mongo_uri_*"), *(folder / "keys").rglob("*")]:
        os.chown(path, SERVICE_UID, SERVICE_UID)
    os.chown(folder / "rabbitmq_definitions", RABBITMQ_UID, RABBITMQ_UID)


def _password(path: Path, size: int = 32) -> str:
    """Return the password in a file, made when there is none."""
    if not path.exists():
        _write(path, secrets.token_urlsafe(size))
    return path.read_text(encoding="ascii")


def _write_uris(folder: Path, broker: dict[str, str], store: dict[str, str], names: list[str]) -> None:
    for name in names:
        _write(folder / f"amqp_uri_{name}", f"amqp://{name}:{broker[name]}@rabbitmq:5672/{VHOST}")
        address = f"mongodb://{name}:{store[name]}@{MONGO_HOSTS}/{name}"
        _write(folder / f"mongo_uri_{name}", f"{address}?replicaSet=rs0&w=majority&journal=true")


def _mongo_users(store: dict[str, str]) -> str:
    """Return the script that gives each service a user of its own database and no other."""
    users = dict(sorted(store.items()))
    return (
        f"const users = {json.dumps(users)};\n"
        "for (const [name, password] of Object.entries(users)) {\n"
        "  const own = db.getSiblingDB(name);\n"
        "  const rights = {pwd: password, roles: [{role: 'readWrite', db: name}]};\n"
        "  own.getUser(name) ? own.updateUser(name, rights) : own.createUser({user: name, ...rights});\n"
        "}\n"
    )


def _write(path: Path, content: str) -> None:
    path.touch(mode=PRIVATE)
    path.chmod(PRIVATE)
    path.write_text(content, encoding="utf-8")


def main() -> int:
    """Make the secrets of this installation and say where they are."""
    names = make()
    print(f"{len(names)} 个服务的密钥、账号和令牌在 {FOLDER}；请只留给部署账号读取。")
    print("服务令牌三十天内须用同一命令续签。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
