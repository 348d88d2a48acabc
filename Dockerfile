FROM python:3.11-slim
WORKDIR /app
COPY pyproject.toml README.md LICENSE ./
COPY sage sage
COPY assets assets
COPY critics critics
COPY generators generators
COPY service service
RUN pip install --no-cache-dir .
WORKDIR /scenes
ENTRYPOINT ["sage"]
CMD ["--help"]
