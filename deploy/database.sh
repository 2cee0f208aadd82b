#!/bin/sh
# The portal's account, which is no superuser, its database, and the extensions, which another makes.
# PostgreSQL's image runs this once, on an empty volume; elsewhere run it as its superuser:
#   PORTAL_PASSWORD=… sh deploy/database.sh [address of the server]
set -eu

psql --set ON_ERROR_STOP=1 --set password="$PORTAL_PASSWORD" \
  --set account="${PORTAL_ACCOUNT:-untfsse}" --dbname "${1:-postgres}" <<'SQL'
CREATE ROLE :"account" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD :'password';
CREATE DATABASE :"account" OWNER :"account";
REVOKE ALL ON DATABASE :"account" FROM PUBLIC;
\connect :"account"
REVOKE ALL ON SCHEMA public FROM PUBLIC;
ALTER SCHEMA public OWNER TO :"account";
CREATE EXTENSION btree_gist;
CREATE EXTENSION pg_trgm;
CREATE EXTENSION unaccent;
SQL
