# `make` lists the targets. Everything a target needs beyond the tools it names, it fetches itself.

# Pinned, so that the same commit is judged the same way next year.
# staticcheck 0.8.2 is the release that calls itself 2026.2.2.
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOLANGCI := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
GOVULNCHECK := golang.org/x/vuln/cmd/govulncheck@v1.9.0

VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null)
# Not stripped and not -trimpath: the tests share the compiled packages that way.
GOBUILD := go build -ldflags '-X main.version=$(VERSION)'
# Arguments for a target's program, such as make run ARGS='--addr 127.0.0.1:9090'.
ARGS ?=
# For go test, such as make test TESTFLAGS='-race -shuffle=on'.
TESTFLAGS ?=

GOFILES = $(shell find . -type d \( -name node_modules -o -name '.?*' \) -prune -o -type f -name '*.go' -print)
# Everything that decides what the web build writes.
WEBFILES := $(shell find web schema -type d \( -name node_modules -o -name dist -o -name test -o -name generated.ts \) -prune -o \
	-type f ! -name '*.go' ! -name '*.md' -print 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help run build web warm test quick web-test client-test nightly bench bench-peers bench-million bench-parts \
	check fmt-check vet staticcheck golangci vuln web-check \
	neo4j fmt clean FORCE

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## build and serve with the shipped catalogue on the embedded engine
	@exec bin/opsmap serve $(ARGS)

build: ## build bin/opsmap, with the explorer and the playground where there is Node.js
	@dev/needs.sh run
	@$(MAKE) -s --no-print-directory -j2 web warm
	@$(GOBUILD) -o bin/opsmap ./cmd/opsmap

# Compiles while the web is built; only the package that embeds web/dist is left for after. What fails here fails again
# in the build itself, which then says so.
warm:
	@go list -export -deps ./cmd/opsmap >/dev/null 2>&1 || true

web:
	@if dev/needs.sh node; then $(MAKE) -s --no-print-directory web/node_modules/.built; \
	else echo 'web: not built, as there is no Node.js 20.19 or newer with npm; the API is served all the same'; fi

# Both stamps lie in the folder that npm ci replaces, so they cannot outlive what they stand for.
web/node_modules/.installed: web/package.json web/package-lock.json $(wildcard web/.npmrc)
	@echo 'web: npm ci'
	@cd web && npm ci --prefer-offline --no-audit --no-fund --loglevel=error && touch node_modules/.installed

# The explorer's operations are typed from the schema that is served.
web/node_modules/.schema.graphql: web/node_modules/.installed $(wildcard schema/*.go schema/*.graphql cmd/opsmap/schema.go)
	@go run ./cmd/opsmap schema >$@.new && mv $@.new $@

web/node_modules/.built: web/node_modules/.installed web/node_modules/.schema.graphql $(WEBFILES)
	@echo 'web: npm run build'
	@cd web && npm run --silent build -- --logLevel warn && touch node_modules/.built

ifeq ($(wildcard web/dist/index.html),)
web/node_modules/.built: FORCE
endif

test: ## run every test (below 20 minutes on 2 cores); Neo4j as in dev/README.md
	@dev/needs.sh test
	@$(MAKE) -s --no-print-directory build
	@status=0; \
	go run ./dev/neo4j/cmd/neo4j -check || status=1; \
	OPSMAP_TEST_NEO4J="$${OPSMAP_TEST_NEO4J:-auto}" go test -count=1 -timeout 20m $(TESTFLAGS) ./... || status=1; \
	$(MAKE) -s --no-print-directory web-test || status=1; \
	$(MAKE) -s --no-print-directory client-test || status=1; \
	exit $$status

quick: ## run the tests that need no Neo4j, no browser and no patience (below a minute)
	@go test -short $(TESTFLAGS) ./...

# In Node.js, then in a browser on bin/opsmap; without a browser the second says so, and fails in CI.
web-test:
	@if dev/needs.sh node; then cd web && status=0; \
		npm run --silent test || status=1; npm run --silent test:browser || status=1; exit $$status; \
	else echo 'web tests are SKIPPED: no Node.js 20.19 or newer with npm'; [ "$${CI:-false}" = false ]; fi

# Clients that others wrote, against bin/opsmap.
client-test:
	@if dev/needs.sh node; then $(MAKE) -s --no-print-directory dev/clients/node_modules/.installed && \
		cd dev/clients && npm run --silent test; \
	else echo 'client tests are SKIPPED: no Node.js 20.19 or newer with npm'; [ "$${CI:-false}" = false ]; fi

dev/clients/node_modules/.installed: dev/clients/package.json dev/clients/package-lock.json
	@echo 'clients: npm ci'
	@cd dev/clients && npm ci --prefer-offline --no-audit --no-fund --loglevel=error && touch node_modules/.installed

nightly: ## run the tests with long random runs, the race detector and in random order (hours)
	@OPSMAP_NIGHTLY=1 OPSMAP_TEST_NEO4J="$${OPSMAP_TEST_NEO4J:-auto}" \
		go test -count=1 -race -shuffle=on -timeout 4h $(TESTFLAGS) ./...

bench: ## measure opsmap against its limits, into docs/benchmarks.md (below 9 minutes)
	@go run ./internal/bench $(ARGS)
	@go test -run '^$$' -bench 'Portability|Answer|Matrix' ./graph ./internal/portability

bench-peers: ## measure it against @neo4j/graphql and PostGraphile (needs Node.js and PostgreSQL; below 10 minutes)
	@go run ./internal/bench -peers $(ARGS)

bench-million: ## measure a store of a million records (minutes, and 4 GB of disk and memory)
	@go run ./internal/bench -million $(ARGS)

bench-parts: ## run the benchmarks of single functions
	@go test -run '^$$' -bench . -benchmem $(TESTFLAGS) ./...

check: fmt-check vet staticcheck golangci vuln web-check ## lint everything; make -k check goes on after a finding

fmt-check:
	@bad=$$(gofmt -l $(GOFILES)); [ -z "$$bad" ] || { echo 'not formatted (make fmt):'; echo "$$bad"; exit 1; }

vet:
	@go vet ./...

staticcheck:
	@go run $(STATICCHECK) ./...

golangci:
	@go run $(GOLANGCI) run

# Through go run every failure has exit status 1; the text tells a finding (3) from a database out of reach.
vuln:
	@out=$$(go run $(GOVULNCHECK) ./... 2>&1) && exit 0; \
	case $$out in \
	*'exit status 3'*) printf '%s\n' "$$out"; exit 1;; \
	*'fetching vulnerabilities'*) echo 'govulncheck: SKIPPED, its database is not reachable from here';; \
	*) printf '%s\n' "$$out"; exit 1;; \
	esac

web-check:
	@if dev/needs.sh node; then $(MAKE) -s --no-print-directory web/node_modules/.schema.graphql && cd web && \
		npm run --silent lint && npm run --silent typecheck && \
		node_modules/.bin/prettier --config package.json --check --log-level warn ../dev/clients '!../dev/clients/node_modules'; \
	else echo 'web: not checked, as there is no Node.js 20.19 or newer with npm'; [ "$${CI:-false}" = false ]; fi

neo4j: ## run Neo4j on 127.0.0.1:7687 without a container, data kept
	@go run ./dev/neo4j/cmd/neo4j $(ARGS)

fmt: ## format the Go files
	@gofmt -w $(GOFILES)

clean: ## remove what the build wrote
	@rm -rf bin web/node_modules/.built
	@find web/dist -mindepth 1 ! -name .gitkeep -delete 2>/dev/null || true
