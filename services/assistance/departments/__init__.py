"""Department plugins that ship with the suite; each folder is one deployable service."""
