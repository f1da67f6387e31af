# Loggia as `manage.py serve` runs it. compose.yaml puts it behind Caddy, with PostgreSQL and Valkey.
# A build of your own can pin the base by its digest: --build-arg PYTHON=3.11.14-slim-bookworm@sha256:…
ARG PYTHON=3.11.14-slim-bookworm

FROM python:${PYTHON} AS build
WORKDIR /app
COPY requirements.txt constraints.txt ./
# Wheels alone, each of the version that was tested: nothing is compiled here.
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --only-binary :all: -r requirements.txt -c constraints.txt
COPY manage.py .
COPY accounts accounts
COPY chat chat
COPY tasks tasks
COPY workspace workspace
COPY templates templates
COPY static static
COPY locale locale
RUN SECRET_KEY=none-of-the-servers STATIC_DIR=/app/collected /venv/bin/python manage.py collectstatic --no-input --verbosity 0
RUN /venv/bin/python -m compileall -q accounts chat tasks workspace

FROM python:${PYTHON}
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /data loggia && install -d -o loggia -g loggia -m 700 /data
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 HOST=0.0.0.0 PORT=8000 DATA_DIR=/data STATIC_DIR=/app/collected
USER 10001:10001
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
ENTRYPOINT ["python", "manage.py"]
CMD ["serve"]
