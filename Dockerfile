# One static program and its licences, nothing else: docker run --rm -v "$PWD:/src:ro" ptlint check
FROM rust:1.95-slim AS build
WORKDIR /build
COPY Cargo.toml Cargo.lock build.rs askama.toml README.md ./
COPY rules/ rules/
COPY src/ src/
COPY templates/ templates/
COPY benches/ benches/
# The allocator is C, and is compiled against musl, with the compiler that this Debian has.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends musl-tools \
    && rm -rf /var/lib/apt/lists/*
RUN target="$(uname -m)-unknown-linux-musl" \
    && rustup target add "$target" \
    && cargo build --profile dist --locked --target "$target" --bin ptlint \
    && install -D "target/$target/dist/ptlint" /out/ptlint

FROM scratch
COPY --from=build /out/ptlint /ptlint
COPY LICENSE-APACHE LICENSE-MIT /
# Nobody in particular, as a number: there is no /etc/passwd here.
USER 65532:65532
WORKDIR /src
ENTRYPOINT ["/ptlint"]
CMD ["check"]
