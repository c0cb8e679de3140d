#!/bin/sh
# Says in one line what this machine lacks for `make WHAT`, and fails only where nothing would work without it.
# Usage: dev/needs.sh run|test, or dev/needs.sh node, which says nothing and fails where the web cannot be built.
set -eu
what=${1:-run}

node_is_new_enough() {
	command -v npm >/dev/null 2>&1 && node -e '
		const [major, minor] = process.versions.node.split(".").map(Number)
		process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)' 2>/dev/null
}
if [ "$what" = node ]; then
	node_is_new_enough
	exit
fi

need=''
fatal=0
add() { need="${need:+$need; }$1"; }

# Go switches to the toolchain that go.mod asks for by itself, unless it is too old for that or told not to.
want=$(sed -n 's/^go \([0-9]*\.[0-9]*\).*/\1/p' go.mod)
if ! command -v go >/dev/null 2>&1; then
	add "Go $want or newer (none found)"
	fatal=1
elif ! found=$(go env GOVERSION 2>/dev/null) || ! go list -m >/dev/null 2>&1; then
	found=$(GOTOOLCHAIN=local go env GOVERSION 2>/dev/null || go version 2>/dev/null || echo 'an unknown one')
	add "Go $want or newer (found ${found#go version })"
	fatal=1
else
	found=${found#go}
	major=${found%%.*}
	minor=${found#*.}
	minor=${minor%%[!0-9]*}
	if [ "$major" -lt "${want%%.*}" ] || { [ "$major" -eq "${want%%.*}" ] && [ "${minor:-0}" -lt "${want#*.}" ]; }; then
		add "Go $want or newer (found $found)"
		fatal=1
	fi
fi

node_is_new_enough ||
	add "Node.js 20.19 or newer with npm (found $(node --version 2>/dev/null || echo none)), for the explorer and the playground; the API works without"

if [ "$what" = test ] && [ -z "${OPSMAP_TEST_NEO4J_URI:-}" ] && [ "${OPSMAP_TEST_NEO4J:-}" != off ]; then
	java=${JAVA_HOME:+$JAVA_HOME/bin/}java
	command -v "$java" >/dev/null 2>&1 || add 'a JDK 17 or 21, for the tests on Neo4j'
	# The jars are fetched once and kept.
	command -v mvn >/dev/null 2>&1 || [ -n "${OPSMAP_NEO4J_CACHE:-}" ] || [ -d "${XDG_CACHE_HOME:-${HOME:-}/.cache}/opsmap" ] ||
		add 'Maven, for the tests on Neo4j'
fi

[ -z "$need" ] || echo "you need: $need" >&2
exit "$fatal"
