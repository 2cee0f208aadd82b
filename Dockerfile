# syntax=docker/dockerfile:1

# --- Packages: with pip, which the last image does without ----------------------------------
FROM python:3.13-slim AS packages

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv --without-pip /opt/venv
COPY deploy/requirements.txt /tmp/requirements.txt
RUN python -m pip --python /opt/venv/bin/python install \
    --require-hashes --only-binary :all: -r /tmp/requirements.txt

# --- The portal ----------------------------------------------------------------------------
FROM python:3.13-slim AS portal

ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=untfsse.settings \
    MEDIA_ROOT=/srv/media \
    BACKUP_ROOT=/srv/backups

# pg_dump and pg_restore for backups, of the server's version: Debian's own may be older, so they
# come from the packages of PostgreSQL itself, which this script of Debian's adds.
ARG POSTGRESQL=18
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates postgresql-common \
    && sh /usr/share/postgresql-common/pgdg/*.sh -y \
    && apt-get install --yes --no-install-recommends postgresql-client-$POSTGRESQL \
    && rm -rf /var/lib/apt/lists/*

RUN groupadd --system --gid 10001 portal \
    && useradd --system --uid 10001 --gid portal --no-create-home --shell /usr/sbin/nologin portal \
    && install --directory --owner=portal --group=portal --mode=0750 /srv/media /srv/backups

COPY --from=packages /opt/venv /opt/venv
WORKDIR /srv/portal
COPY . .

# Gathered while building, so that the running container writes nothing but /srv/media and
# /srv/backups.
# DEMO stands in for the secrets, which an image must not hold.
RUN DEMO=1 python manage.py collectstatic --noinput --verbosity 0 \
    && python -m compileall -q /opt/venv /srv/portal

USER 10001:10001
VOLUME /srv/media /srv/backups
EXPOSE 8000

HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
    CMD ["python", "deploy/healthy.py"]

CMD ["gunicorn", "--config", "deploy/gunicorn.conf.py", "untfsse.wsgi:application"]
