FROM python:3.13-slim-bookworm@sha256:67a1e1f215ccda113cfc024e8639049257e88f273898f595b61476d128d387e8 AS build
WORKDIR /app
COPY requirements/production.txt requirements/production.txt
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --require-hashes -r requirements/production.txt
COPY manage.py ./
COPY registry_site registry_site
COPY organisations organisations
COPY processing processing
COPY contact contact
COPY templates templates
COPY static static
COPY locale locale
COPY fixtures fixtures
ENV STATIC_ROOT=/app/collected
# The values only let Django start here; none of them stays in the image.
RUN export SECRET_KEY=build ALLOWED_HOSTS=build DATABASE_URL=postgres:///build \
    && /opt/venv/bin/python manage.py compilemessages \
    && /opt/venv/bin/python manage.py collectstatic --noinput \
    && /opt/venv/bin/python manage.py proxy_pages /opt/proxy-pages \
    && /opt/venv/bin/python -m compileall -q registry_site organisations processing contact

# The proxy in front: `docker build --target proxy --tag register-proxy .`
FROM debian:bookworm-slim@sha256:96e378d7e6531ac9a15ad505478fcc2e69f371b10f5cdf87857c4b8188404716 AS proxy
# Security updates of Debian are wanted, whatever their version: the base is older.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get upgrade -y \
    && apt-get install -y --no-install-recommends nginx-light \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home register \
    && mkdir /var/cache/register \
    && chown register /var/cache/register
COPY deploy/nginx /etc/register
COPY --from=build /opt/proxy-pages /etc/register/pages
USER 10001
EXPOSE 8080
# The image has neither curl nor Python.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["perl", "-MIO::Socket::INET", "-e", "exit !IO::Socket::INET->new(PeerAddr => '127.0.0.1:8080', Timeout => 4)"]
CMD ["nginx", "-p", "/var/cache/register/", "-c", "/etc/register/nginx.conf", "-g", "daemon off;"]

FROM python:3.13-slim-bookworm@sha256:67a1e1f215ccda113cfc024e8639049257e88f273898f595b61476d128d387e8
# Empty: the site names the release after its files.
ARG RELEASE=
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    STATIC_ROOT=/app/collected \
    BIND=0.0.0.0:8000 \
    LOG_JSON=1 \
    RELEASE=$RELEASE
RUN apt-get update \
    && apt-get upgrade -y \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home register
WORKDIR /app
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
USER 10001
EXPOSE 8000
CMD ["gunicorn", "--config", "registry_site/gunicorn_settings.py"]
