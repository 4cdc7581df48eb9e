#!/usr/bin/env bash
# Brings what the tests need beside Python: a RabbitMQ node, promtool, docker-compose, the font of the documents and
# pdftotext, which reads them.
# With the argument `spark`: Java, which `make test-spark` needs, and nothing else.
# On Debian as root by apt, under a policy that starts nothing; elsewhere it says exactly what to install.
set -euo pipefail

missing=()
if [ "${1:-}" = spark ]; then
    java -version 2>&1 | grep -Eq 'version "(1[7-9]|[2-9][0-9])' || missing+=(default-jre-headless)
else
    [ -x /usr/lib/rabbitmq/bin/rabbitmq-server ] || missing+=(rabbitmq-server)
    command -v promtool >/dev/null || missing+=(prometheus)
    command -v docker-compose >/dev/null || docker compose version >/dev/null 2>&1 || missing+=(docker-compose)
    [ -e /usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc ] || missing+=(fonts-noto-cjk)
    command -v pdftotext >/dev/null || missing+=(poppler-utils)
fi
[ ${#missing[@]} -eq 0 ] && exit 0

if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
    echo "测试还需要：${missing[*]}。请先安装（Debian/Ubuntu：sudo apt-get install --no-install-recommends ${missing[*]}），再运行 make test。" >&2
    exit 1
fi

# apt must not start what it installs: a broker started so listens on every interface.
policy=/usr/sbin/policy-rc.d
made_policy=no
if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
    made_policy=yes
fi
cleanup() { [ "$made_policy" = yes ] && rm -f "$policy"; return 0; }
trap cleanup EXIT

echo "正在安装 ${missing[*]} …"
log=$(mktemp)
export DEBIAN_FRONTEND=noninteractive
if ! { apt-get update && apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "apt 安装失败，完整记录在 $log" >&2
    exit 1
fi
rm -f "$log"
