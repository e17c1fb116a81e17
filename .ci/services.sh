#!/usr/bin/env bash
# Checks that need more than Node: the pages, opened in a real browser.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ ! -f .ci/pages.mjs ]; then
  echo 'no page tests'
  exit 0
fi
if [ -z "${CHROMIUM:-}" ]; then
  if ! command -v chromium > /dev/null && [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends chromium > /dev/null
  fi
  CHROMIUM=$(command -v chromium || command -v google-chrome) || {
    echo 'Chromium is missing: install it, or name it in CHROMIUM' >&2
    exit 1
  }
  export CHROMIUM
fi
node .ci/nested.mjs docs
node .ci/pages.mjs
