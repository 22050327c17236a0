# The server alone: no build, since Node runs its sources. docs/running.md says how to use this.
FROM node:22-bookworm-slim AS packages
WORKDIR /forgemoot
COPY package.json package-lock.json .npmrc ./
# No package that the server needs has anything to run at its installation.
RUN npm ci --omit=dev --ignore-scripts --loglevel=error

FROM node:22-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8787 FORGEMOOT_AUTH=github FORGEMOOT_DATABASE_URL=file:/data/forgemoot.db
WORKDIR /forgemoot
COPY --from=packages /forgemoot/node_modules node_modules
COPY package.json LICENSE ./
COPY shared shared
COPY server server
COPY test/commands test/commands
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8787
HEALTHCHECK --interval=15s --timeout=10s --start-period=30s CMD ["node", "server/operations/healthy.mjs"]
CMD ["node", "server/forgemoot.mjs"]
