#!/bin/sh
# mongod wants its key file private to its own user; a secret is mounted readable, so it is copied first.
set -eu
install -m 400 -o mongodb -g mongodb /run/secrets/mongo_keyfile /tmp/keyfile
exec docker-entrypoint.sh mongod --replSet rs0 --keyFile /tmp/keyfile --bind_ip_all \
    --wiredTigerCacheSizeGB "$MONGO_CACHE_GB"
