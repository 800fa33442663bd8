FROM python:3.11-slim-bookworm
RUN useradd --uid 10001 --create-home hrkb \
 && install -d -o hrkb /var/lib/hrkb /run/secrets-of-hrkb
WORKDIR /srv/hrkb
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .
RUN pip install --no-cache-dir --no-deps --editable .
USER hrkb
ENV HRKB_HOME=/var/lib/hrkb PYTHONDONTWRITEBYTECODE=1
ENTRYPOINT ["hrkb"]
CMD ["serve", "--address", "0.0.0.0"]
