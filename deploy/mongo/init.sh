#!/bin/sh
# Starts the replica set once and gives every service its own user. Safe to run again.
set -eu
root=$(cat /run/secrets/mongo_root)
shell() { mongosh --quiet --host mongo1 -u root -p "$root" --authenticationDatabase admin "$@"; }

shell --eval '
  try { rs.status() } catch (error) {
    if (error.codeName !== "NotYetInitialized") throw error;
    rs.initiate({_id: "rs0", members: ["mongo1", "mongo2", "mongo3"].map((host, i) => ({_id: i, host: host + ":27017"}))});
  }
  while (!db.hello().isWritablePrimary) sleep(500);
'
shell /run/secrets/mongo_users
