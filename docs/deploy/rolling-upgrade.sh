#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Deploys a release while the old one serves requests, and brings the old one back. Copy, and replace registry and names.
#
#   rolling-upgrade.sh to 0.6.1            migrates as far as the connected versions survive, replaces them, migrates the rest
#   rolling-upgrade.sh back 0.6.1 0.6.0    undoes what 0.6.0 does not accept, while 0.6.1 runs, then replaces 0.6.1
#
# SCHEMA_GUARD_APP is the jar of the release, or of the newest one on the way back, because only that one knows its migrations.
# The variables of Schema Guard and Liquibase are those of github-actions.yml. The connections have to be tagged
# (docs/how-to/rolling-upgrade.md#tag-connections). ALLOW_DOWNTIME=1 lets `to` stop the old release if nothing else is
# possible; ALLOW_DATA_LOSS=1 lets `back` undo a migration whose undo loses data.
# Exit codes: 0, or that of the command that stopped it; 11: a version cannot be judged or does not end; 12: only with downtime.
set -euo pipefail

schema_guard=(java -jar /opt/schema-guard-cli.jar)
guard() { "${schema_guard[@]}" "$@"; }

# PostgreSQL may take a migration back to end a deadlock with a request: nothing of it was applied, and it is tried again.
migrate() {
  local try
  for try in 1 2 3 4 5; do
    if liquibase "$@" > liquibase.log 2>&1; then
      cat liquibase.log
      return 0
    fi
    cat liquibase.log
    grep -q 'deadlock detected' liquibase.log || return 1
    echo "Try $try ended in a deadlock."
    sleep 1
  done
  return 1
}

roll_out() {
  kubectl set image deployment/statewave "statewave=registry.example.com/statewave:$1"
  kubectl rollout status deployment/statewave --timeout=10m
}

# One text of the answer; nothing if it is null.
answer() { sed -n "s/^  \"$1\": \"\(.*\)\",\{0,1\}$/\1/p" preflight.json; }

upgrade() {
  local version=$1 rolled='' code
  while true; do
    code=0
    guard preflight --respect-running --format json > preflight.json || code=$?
    if [ "$code" = 0 ]; then
      migrate update
      break
    elif [ "$code" != 11 ] || [ -z "$(answer decision)" ]; then
      cat preflight.json
      exit "$code"
    elif [ -n "$(answer safe_up_to)" ]; then
      echo "Every connected version survives the next migration."
      migrate update-count --count=1
    elif [ -n "$rolled" ]; then
      echo "An old version is still connected."
      [ "$rolled" -lt 60 ] || exit 11
      rolled=$((rolled + 1))
      sleep 5
    elif guard check; then
      echo "$version replaces the old version before $(answer stops_at)."
      roll_out "$version"
      rolled=1
    elif [ "${ALLOW_DOWNTIME:-}" = 1 ]; then
      kubectl scale deployment/statewave --replicas=0
      kubectl rollout status deployment/statewave --timeout=10m
      rolled=1
    else
      echo "$version cannot start before $(answer stops_at), which the old version does not survive."
      exit 12
    fi
  done
  guard check
  roll_out "$version"
}

back() {
  local running=$1 version=$2 code
  while true; do
    code=0
    guard preflight --app-version "$version" --liquibase "$LIQUIBASE_COMMAND_CHANGELOG_FILE" \
      --search-path "$LIQUIBASE_SEARCH_PATH" --format json > preflight.json || code=$?
    if [ "$code" = 0 ]; then
      break
    elif [ "$code" != 4 ]; then
      cat preflight.json
      exit "$code"
    elif ! grep -q 'rollback-count' preflight.json; then
      echo "There is no way to undo what $version does not accept."
      exit 4
    elif grep -q '"loses_data": "\(yes\|unknown\)"' preflight.json && [ "${ALLOW_DATA_LOSS:-}" != 1 ]; then
      echo "The undo may lose data."
      exit 4
    fi
    migrate rollback-count --count=1
    # The running version needs what its Min says. If it no longer has that, take the undo back.
    guard check --app-version "$running" || { code=$?; migrate update-count --count=1; exit "$code"; }
  done
  roll_out "$version"
}

case "${1:-}" in
  to) upgrade "$2" ;;
  back) back "$2" "$3" ;;
  *) echo "usage: rolling-upgrade.sh to VERSION | back RUNNING VERSION"; exit 2 ;;
esac
