# Werkbak: server, worker and command line in one image. See docker-compose.yml for a whole installation.

FROM rust:1.95-slim-bookworm AS build
RUN apt-get update \
 && apt-get install --yes --no-install-recommends build-essential libssl-dev nodejs npm pkg-config \
 && rm -rf /var/lib/apt/lists/* \
 && rustup target add wasm32-unknown-unknown
WORKDIR /src
COPY . .
# The compiled dependencies stay on the building machine, not in a layer.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo xtask web \
 && cargo build --locked --release --package api --bin werkbak \
 && install -D target/release/werkbak /built/werkbak \
 && cp --recursive web/dist /built/web

FROM debian:bookworm-slim
# libpq is part of the binary, OpenSSL is not; the certificates are for mail servers.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ca-certificates libssl3 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --user-group --home-dir /var/lib/werkbak --create-home werkbak
COPY --from=build /built/werkbak /usr/local/bin/werkbak
COPY --from=build /built/web /usr/share/werkbak/web
# Reached from outside the container: needs a certificate or a named proxy, and says so at the start.
ENV WERKBAK_BIND=0.0.0.0:8080 \
    WERKBAK_DATA=/var/lib/werkbak \
    WERKBAK_WEB_ROOT=/usr/share/werkbak/web \
    WERKBAK_LOG_FORMAT=json
USER werkbak
WORKDIR /var/lib/werkbak
VOLUME /var/lib/werkbak
EXPOSE 8080
# Bash speaks enough HTTP, so that no client needs to be in the image; it speaks no TLS, so then a port that answers will do.
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && { [ -n \"$WERKBAK_TLS_CERTIFICATE\" ] && exit 0; printf 'GET /healthz HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '; }"]
ENTRYPOINT ["werkbak"]
CMD ["serve"]
