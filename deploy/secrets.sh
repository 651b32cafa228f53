#!/bin/sh
# Makes secrets/ beside it, which compose.yaml reads: keys, and a password for each role of the database.
# Run it as root, once, before the first start. Where secrets/ is already, nothing is changed.
#   sh deploy/secrets.sh
set -eu
umask 077
cd "$(dirname "$0")"
if [ -e secrets ]; then
    echo "deploy/secrets/ is there already: nothing was changed." >&2
    exit 1
fi

address() { echo "postgres://$1:$2@database/register"; }
owner=$(openssl rand -hex 24)
site=$(openssl rand -hex 24)
public=$(openssl rand -hex 24)
worker=$(openssl rand -hex 24)
secret_key=$(openssl rand -base64 48)
mfa_key=$(openssl rand -base64 48)

# All or nothing: it gets its name when it is whole.
new=$(mktemp -d ./secrets.XXXXXX)
trap 'rm -rf "$new"' EXIT
printf %s "$owner" >"$new/database-password"
cat >"$new/roles.sql" <<SQL
CREATE ROLE register_site LOGIN PASSWORD '$site';
CREATE ROLE register_public LOGIN PASSWORD '$public';
CREATE ROLE register_worker LOGIN PASSWORD '$worker';
SQL
echo "DATABASE_URL=$(address register "$owner")" >"$new/owner.env"
echo "DATABASE_URL=$(address register_worker "$worker")" >"$new/worker.env"
cat >"$new/site.env" <<ENV
DATABASE_URL=$(address register_site "$site")
# Replicas, where there are any, stand here, with blanks between their addresses.
PUBLIC_DATABASE_URL=$(address register_public "$public")
ENV
cat >"$new/keys.env" <<ENV
SECRET_KEY=$secret_key
MFA_KEY=$mfa_key
ENV
# The account of PostgreSQL in its container.
chown 999 "$new/database-password" "$new/roles.sql"
mv "$new" secrets
echo "deploy/secrets/ is made. Keep a copy of keys.env where no backup of the database is."
