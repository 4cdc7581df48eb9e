// Starts the replica set once and gives every service a user of its own database. Safe to run again.
const fs = require("fs");

const HOSTS = ["mongo1", "mongo2", "mongo3"].map((host) => `${host}:27017`);
const secret = (name) => fs.readFileSync(`/run/secrets/${name}`, "utf8").trim();

function open(address) {
  const admin = new Mongo(address).getDB("admin");
  admin.auth("root", secret("mongo_root"));
  return admin;
}

// Only mongo1 makes the root user: the set can be started from a member with data only if the others are empty.
function startSet() {
  const members = HOSTS.map((host, _id) => ({ _id, host }));
  try {
    open(`mongodb://${HOSTS[0]}/?directConnection=true`).adminCommand({
      replSetInitiate: { _id: "rs0", members },
    });
  } catch (error) {
    if (error.codeName !== "AlreadyInitialized") throw error;
  }
}

function giveUsers(admin) {
  for (const [name, { home, rights }] of Object.entries(JSON.parse(secret("mongo_users")))) {
    const own = admin.getSiblingDB(home);
    if (own.getUser(name)) own.updateUser(name, rights);
    else own.createUser({ user: name, ...rights });
  }
}

startSet();
giveUsers(open(`mongodb://${HOSTS.join(",")}/?replicaSet=rs0&w=majority`));
