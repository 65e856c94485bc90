# The program and the built site in a small image: docker build -t secondarymarket .
# Needs BuildKit, which Docker has used since version 23. Compiling takes a quarter of an hour at the first time.

FROM node:20-bookworm-slim AS node

# rust-version of Cargo.toml; the same Debian as the last stage's, for its C library.
FROM rust:1.95-bookworm AS build
WORKDIR /src
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
# The tools of the build, in a layer of their own: it stays as long as these files do.
COPY Cargo.toml Cargo.lock ./
COPY scripts scripts
COPY end2end/package.json end2end/package-lock.json end2end/
RUN scripts/setup build
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry scripts/build

FROM debian:bookworm-slim
WORKDIR /app
COPY --from=build /src/target/release/secondarymarket /usr/local/bin/secondarymarket
COPY --from=build /src/target/site site
COPY --from=build /src/Leptos.toml ./
# The only folder that is written to, and with PostgreSQL not even that. A new volume takes its owner from here.
RUN install -d -o 10001 -g 10001 -m 0700 data
# SQLite sorts what is large in a file: with a read-only root there is no other place for it.
ENV LEPTOS_OUTPUT_NAME=secondarymarket \
    LEPTOS_SITE_ROOT=site \
    LEPTOS_SITE_ADDR=0.0.0.0:3000 \
    SQLITE_TMPDIR=/app/data
USER 10001:10001
VOLUME /app/data
EXPOSE 3000
STOPSIGNAL SIGTERM
# Without a shell or curl: the program asks its own /readyz.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["secondarymarket", "healthcheck"]
ENTRYPOINT ["secondarymarket"]
CMD ["serve"]
