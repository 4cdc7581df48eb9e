# Shouwang (守望). `make help` lists everything.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	$$p -c 'import sys; sys.exit(not ((3,11) <= sys.version_info[:2] <= (3,13)))' 2>/dev/null && { command -v $$p; break; }; done)
UV_VERSION := 0.13.9
UV := var/tools/bin/uv
BIN := .venv/bin
export UV_PROJECT_ENVIRONMENT := .venv
# The machine's certificates, as pip takes them: offices go out through a gateway with one of its own.
export UV_SYSTEM_CERTS := 1
# Kept bytecode (__pycache__): a process that compiles everything anew starts twice as slowly, and tests start many.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help install demo up test test-spark spark check bench precision lock clean tools secrets compose asyncapi sdk

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 18

install: .venv/.installed ## put everything the suite needs into .venv (from uv.lock)

demo: .venv/.installed ## one town lives one year on the embedded default; ends with a table and var/demo/summary.json
	@$(BIN)/shouwang demo $(ARGS)

up: .venv/.installed ## start all services and keep them running (embedded; AMQP_URI and MONGO_URI point at real servers)
	@$(BIN)/shouwang up $(ARGS)

test: .venv/.installed tools check ## everything: checks, then all tests in lanes side by side (ARGS=… : one pytest with these)
	@$(if $(ARGS),$(BIN)/pytest $(ARGS),$(BIN)/python -W ignore -m deploy.tools.lanes)

test-spark: .venv/.spark ## the rules of every department on local Spark: the same hits as on DuckDB (installs PySpark, Java)
	@SPARK_LOCAL_IP=127.0.0.1 $(BIN)/pytest -m spark --confcutdir=tests/deploy/spark tests/deploy/spark $(ARGS)

check: .venv/.installed ## ruff, mypy, import rules, rule coverage
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/shouwang rules --missing

bench: .venv/.installed tools ## speed as ratios against named peers in the same run; writes var/bench/results.json
	@$(BIN)/python -m deploy.bench $(ARGS)

precision: .venv/.installed ## precision and recall of every screening rule against a county with known truth
	@$(BIN)/python -W ignore -m deploy.precision $(ARGS)

tools: ## the broker, promtool and docker-compose that the tests need (Debian: by apt, never started by it)
	@deploy/tools/ensure.sh

spark: .venv/.spark ## put PySpark beside the suite, and Java (several hundred MB; docs/spark.md)

secrets: .venv/.installed ## make keys, accounts and tokens of a county installation into deploy/secrets (as root)
	@$(BIN)/python -W ignore -m deploy.tools.secrets

compose: .venv/.installed ## write docker-compose.yml anew from the installed services and departments
	@$(BIN)/python -W ignore -m deploy.tools.compose

asyncapi: .venv/.installed ## write docs/asyncapi.yaml anew from the schemas
	@$(BIN)/python -W ignore -m deploy.tools.asyncapi

sdk: $(UV) ## build the SDK that a department installs (wheel and source) into dist/
	@$(UV) build --quiet --out-dir dist shared
	@ls dist/shouwang-*.whl

lock: $(UV) ## write uv.lock anew from pyproject.toml
	@$(UV) lock

clean: ## remove .venv and everything that was made by running (var/)
	@rm -rf .venv var dist
	@find . -name __pycache__ -prune -exec rm -rf {} +

$(UV):
	@test -n "$(PYTHON)" || { echo "需要 Python 3.11–3.13（未找到）。请安装后重试，或指定 make PYTHON=/路径/python3.12" >&2; exit 1; }
	@mkdir -p var
	@$(PYTHON) -m venv var/tools || { echo "无法建立虚拟环境：Debian/Ubuntu 请先执行 apt-get install python3-venv" >&2; exit 1; }
	@var/tools/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

.venv/.installed: uv.lock pyproject.toml shared/pyproject.toml | $(UV)
	@echo "正在按 uv.lock 安装到 .venv …"
	@$(UV) sync --quiet --frozen --all-packages --all-extras --python "$(PYTHON)"
	@touch $@

.venv/.spark: .venv/.installed
	@deploy/tools/ensure.sh spark
	@echo "正在安装 PySpark …"
	@$(UV) sync --quiet --frozen --all-packages --all-extras --group spark
	@touch $@
