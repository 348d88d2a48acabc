FROM python:3.11-slim
WORKDIR /app
COPY pyproject.toml hatch_build.py README.md LICENSE ./
COPY sage sage
COPY assets assets
COPY critics critics
COPY generators generators
COPY service service
RUN pip install --no-cache-dir '.[service]' && useradd --create-home sage && install -d -o sage /scenes
USER sage
WORKDIR /scenes
EXPOSE 8000
ENTRYPOINT ["sage"]
CMD ["serve", "--host", "0.0.0.0", "--data", "/scenes"]
