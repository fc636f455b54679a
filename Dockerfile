# syntax=docker/dockerfile:1
# Trellis with nothing but what it runs on: pinned by hash, without root, and fit for a read-only file system.

FROM python:3.11-slim-bookworm AS installed
COPY requirements.lock /tmp/requirements.lock
RUN python -m venv /opt/venv \
    && /opt/venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check \
        --only-binary=:all: --require-hashes -r /tmp/requirements.lock \
    && /opt/venv/bin/python -m pip uninstall --yes --quiet pip

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin trellis \
    && install --directory --owner=trellis --group=trellis --mode=0700 /data
COPY --from=installed /opt/venv /opt/venv
WORKDIR /opt/trellis
COPY bot/ bot/
COPY cogs/ cogs/
COPY storage/ storage/
RUN /opt/venv/bin/python -m compileall --quiet bot cogs storage && /opt/venv/bin/python -m bot.content
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DATABASE_URL=sqlite+aiosqlite:////data/trellis.db \
    BACKUP_DIR=/data/backups \
    MPLCONFIGDIR=/tmp/matplotlib \
    METRICS_PORT=9464 \
    LOG_FORMAT=json
USER trellis
VOLUME /data
# The bot is process 1 itself, so that it hears SIGTERM; a stop takes up to ten seconds.
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=2m --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f\"http://127.0.0.1:{os.environ['METRICS_PORT']}/health/live\", timeout=4)"]
