"""Settings that make many small queries on one machine cheap, and change no answer."""

from typing import Final

JVM: Final = {"spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"}
"""A query runs once: what the second compiler of the JVM gains, it never earns back."""
SMALL: Final = {**JVM, "spark.sql.adaptive.enabled": "false", "spark.sql.shuffle.partitions": "2"}
"""Two partitions, so that groups and joins still have something to bring together."""
