# Two images from one file:
#   worker  (default) the service with the trainer, which brings libtorch: for every role (Service__Role is worker unless it is set)
#   api     the service alone: smaller, for an api without previews of datasets, forward passes and the playground
#
# TorchPackage picks the engine: TorchSharp-cpu (default) or TorchSharp-cuda-linux for GPU nodes.

FROM node:22-bookworm-slim AS dashboard
WORKDIR /source/src/Dashboard
COPY src/Dashboard/package.json src/Dashboard/package-lock.json src/Dashboard/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY src/Dashboard/ ./
COPY src/Service/openapi.json ../Service/openapi.json
COPY examples/ ../../examples/
RUN npm run build

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TorchPackage=TorchSharp-cpu
ENV TorchPackage=$TorchPackage
WORKDIR /source
# For the system of this stage, and compiled ahead to its machine code: service and trainer start sooner.
ARG PublishOptions="--use-current-runtime -p:PublishReadyToRun=true"
# Project files first: packages are restored again only when these change.
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY src/Specs/Specs.csproj src/Specs/
COPY src/Studies/Studies.csproj src/Studies/
COPY src/Service/Service.csproj src/Service/
COPY src/Trainer/Trainer.csproj src/Trainer/TorchSharp.targets src/Trainer/ReadyToRun.targets src/Trainer/
RUN dotnet restore src/Service $PublishOptions && dotnet restore src/Trainer $PublishOptions
COPY migrations/ migrations/
COPY examples/ examples/
COPY lessons/ lessons/
COPY src/Specs/ src/Specs/
COPY src/Studies/ src/Studies/
COPY src/Service/ src/Service/
COPY src/Trainer/ src/Trainer/
COPY --from=dashboard /source/src/Service/wwwroot/ src/Service/wwwroot/
RUN dotnet publish src/Service --configuration Release $PublishOptions --no-self-contained --output /app
RUN dotnet publish src/Trainer --configuration Release $PublishOptions --no-self-contained --output /trainer

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS api
ENV ASPNETCORE_URLS=http://+:5080 \
    Service__DataDir=/data \
    Service__Role=api \
    Access__Authentication=tokens
# The base image has the ordinary user "app"; only the data folder is its own.
RUN mkdir /data && chown app:app /data
VOLUME /data
WORKDIR /app
COPY --from=build /app/ ./
# docker compose exec api trainyard token create ...
RUN ln -s /app/Trainyard.Service /usr/local/bin/trainyard
USER app
EXPOSE 5080
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["/app/Trainyard.Service", "health"]
ENTRYPOINT ["/app/Trainyard.Service"]

FROM api AS worker
USER root
RUN apt-get update \
    && apt-get install -y --no-install-recommends dataset-fashion-mnist libgomp1 \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /trainer/ ./trainer/
ENV Service__Role=worker \
    Datasets__Folder=/data/datasets
USER app
