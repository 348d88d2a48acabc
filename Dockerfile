FROM python:3.11-slim AS build
WORKDIR /app
COPY pyproject.toml hatch_build.py README.md LICENSE ./
COPY sage sage
COPY assets assets
COPY critics critics
COPY generators generators
COPY service service
ARG EXTRAS=service,postgres
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir ".[$EXTRAS]"

FROM python:3.11-slim
ARG PACKAGES=""
RUN [ -z "$PACKAGES" ] || { apt-get update && apt-get install -y --no-install-recommends $PACKAGES && rm -rf /var/lib/apt/lists/*; }
COPY --from=build /venv /venv
RUN useradd --create-home sage && install -d -o sage /scenes
ENV PATH=/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1
USER sage
WORKDIR /scenes
VOLUME /scenes
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=4s --start-period=60s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=3)"]
ENTRYPOINT ["sage"]
CMD ["serve", "--host", "0.0.0.0", "--data", "/scenes", "--json-logs"]
