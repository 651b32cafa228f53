#!/bin/sh
# Makes what compose.yaml reads from secrets/: keys, and a password for each role of the database. Run it
# once, as root, before the first start; what is there already is left as it is.
#   sh deploy/secrets.sh
set -eu
cd "$(dirname "$0")"
if [ -e secrets/keys.env ]; then
    echo "deploy/secrets/ is there already: nothing was changed." >&2
    exit 1
fi
umask 077
mkdir -p secrets

address() { echo "postgres://$1:$2@database/register"; }
owner=$(openssl rand -hex 24) site=$(openssl rand -hex 24)
public=$(openssl rand -hex 24) worker=$(openssl rand -hex 24)

printf %s "$owner" >secrets/database-password
cat >secrets/roles.sql <<SQL
CREATE ROLE register_site LOGIN PASSWORD '$site';
CREATE ROLE register_public LOGIN PASSWORD '$public';
CREATE ROLE register_worker LOGIN PASSWORD '$worker';
SQL
echo "DATABASE_URL=$(address register "$owner")" >secrets/owner.env
echo "DATABASE_URL=$(address register_worker "$worker")" >secrets/worker.env
cat >secrets/site.env <<ENV
DATABASE_URL=$(address register_site "$site")
PUBLIC_DATABASE_URL=$(address register_public "$public")
ENV
# The account of PostgreSQL in its container.
chown 999 secrets/database-password secrets/roles.sql
# The last: whoever finds it finds all.
cat >secrets/keys.env <<ENV
SECRET_KEY=$(openssl rand -base64 48)
MFA_KEY=$(openssl rand -base64 48)
ENV
echo "deploy/secrets/ is made. Keep keys.env where no backup of the database is."
