# One image for every role: `docker run IMAGE --role=signalling`, `docker run IMAGE --role=sfu`.

FROM node:24-bookworm-slim AS build
WORKDIR /bangban
COPY . .
# The media worker is downloaded, or built here where that is not possible; what it is built with stays in this stage.
ENV BANGBAN_CACHE_DIR=/tmp/bangban-cache
RUN node tools/install.mjs \
 && install -D "$(node tools/worker.mjs)" /opt/bangban/mediasoup-worker \
 && node tools/build.ts \
 && npm prune --omit=dev

FROM node:24-bookworm-slim
# What a locally built worker is linked with. A downloaded one brings its own.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libabsl20220623 libsrtp2-1 libssl3 libuv1 \
 && rm -rf /var/lib/apt/lists/*
COPY --from=build /opt/bangban /opt/bangban
COPY --from=build /bangban /bangban
RUN mkdir -p /data/secrets && chown -R node:node /data
ENV NODE_ENV=production DATA_DIR=/data MEDIASOUP_WORKER_BIN=/opt/bangban/mediasoup-worker
WORKDIR /bangban
USER node
VOLUME /data
ENTRYPOINT ["node", "main.ts"]
