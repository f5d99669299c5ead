# One image for web, streams, worker and beat; the command says which (see docker-compose.yml).
FROM python:3.11-slim-bookworm AS build
WORKDIR /app
ENV UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1
COPY pyproject.toml uv.lock ./
COPY scripts/ scripts/
RUN python -c "from pathlib import Path; from scripts.bootstrap import find_uv; print(find_uv(Path('.')))" > /tmp/uv \
    && "$(tail -1 /tmp/uv)" sync --frozen --no-default-groups --no-python-downloads --python python3.11
COPY package-lock.json ./
COPY static/ static/
RUN python scripts/assets.py
COPY . .
RUN .venv/bin/python -m scripts.messages compile

FROM python:3.11-slim-bookworm
RUN apt-get update --quiet=2 \
    && apt-get install --yes --quiet=2 --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /data --create-home --shell /usr/sbin/nologin smartpos
COPY --from=build --chown=root:root /app /app
WORKDIR /app
USER smartpos
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 SMARTPOS_DATA_DIR=/data SMARTPOS_LOG_JSON=1
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD ["python", "-m", "scripts.probe"]
CMD ["python", "-m", "scripts.run", "web"]
