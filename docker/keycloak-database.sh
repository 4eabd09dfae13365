#!/bin/sh
# Keycloak's own database and role, on the first start of the server.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$KEYCLOAK_DATABASE_PASSWORD" --username "$POSTGRES_USER" --dbname postgres <<'SQL'
create role keycloak login password :'password';
create database keycloak owner keycloak;
SQL
