"""How the suite is deployed, demonstrated and measured."""
