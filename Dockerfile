# The web is the same on every platform, so it is built once, on the builder's own.
FROM --platform=$BUILDPLATFORM node:22-alpine AS web
WORKDIR /src/web
COPY web/package.json web/package-lock.json web/.npmrc ./
RUN --mount=type=cache,target=/cache npm ci --cache /cache --no-audit --no-fund
COPY schema/ ../schema/
COPY web/ ./
RUN npm run build

# Go compiles for another platform faster than an emulator runs a compiler.
FROM --platform=$BUILDPLATFORM golang:1.26-alpine AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
COPY --from=web /src/web/dist/ web/dist/
ARG VERSION=container
ARG TARGETOS
ARG TARGETARCH
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/cache \
    GOCACHE=/cache CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH \
    go build -trimpath -ldflags "-s -w -X main.version=$VERSION" -o /opsmap ./cmd/opsmap

# Alpine, not an empty image, for the busybox wget of the health check and the certificates that neo4j+s needs.
FROM alpine:3.22
RUN apk add --no-cache ca-certificates tzdata \
    && adduser -D -H -u 10001 opsmap \
    && install -d -o opsmap -g opsmap /data
COPY --from=build /opsmap /usr/local/bin/opsmap
USER 10001:10001
WORKDIR /data
# Inside a container loopback reaches nobody; who may reach the container is decided where its port is published.
# Without a server the store is a file: keep it with `docker run --volume opsmap:/data`.
ENV OPSMAP_ADDR=0.0.0.0:8080 \
    OPSMAP_STORE=file:/data/opsmap.db
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s --retries=3 \
    CMD wget -q -O /dev/null http://127.0.0.1:8080/healthz || exit 1
ENTRYPOINT ["/usr/local/bin/opsmap"]
CMD ["serve"]
