"""Screening a department's lake on Spark: the job, and how to send it (docs/spark.md)."""
