# The kit as an image: no root, nothing written but the reports.
#   docker run --rm --read-only --tmpfs /tmp -v "$PWD:/work" gateproof run ath-gateway --report html=gateproof.html
FROM node:22-slim AS build
WORKDIR /kit
COPY package.json package-lock.json ./
RUN npm install --ignore-scripts --no-audit --no-fund --loglevel=error
COPY . .
RUN npm run build && npm pack --ignore-scripts && mv gateproof-*.tgz /gateproof.tgz

FROM node:22-slim
COPY --from=build /gateproof.tgz /tmp/gateproof.tgz
RUN npm install --global --no-audit --no-fund --loglevel=error /tmp/gateproof.tgz \
    && rm -rf /tmp/gateproof.tgz /root/.npm \
    && mkdir /work \
    && chown node:node /work
ENV NODE_ENV=production CI=true NO_COLOR=1
USER node
WORKDIR /work
ENTRYPOINT ["gateproof"]
CMD ["--help"]
