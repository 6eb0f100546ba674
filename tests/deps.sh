#!/bin/sh
# deps: installs the Debian packages named, if any is missing, as root or through sudo.
#   tests/deps.sh PACKAGE...    tests/deps.sh --npm
# On a system without apt-get it prints what to install by hand.
set -eu

npm_packages() {
    # exact versions, from the lock file; done again only when it has changed
    stamp=tests/node_modules/.lectern-lock
    if [ -f "$stamp" ] && cmp -s tests/package-lock.json "$stamp"; then
        echo "npm packages: all there"
        return
    fi
    (cd tests && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
    cp tests/package-lock.json "$stamp"
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        echo "deps: this needs root: $*" >&2
        exit 1
    fi
}

is_there() {
    # a Node.js that did not come from Debian serves as well
    case $1 in
    nodejs) command -v node >/dev/null && return ;;
    npm) command -v npm >/dev/null && return ;;
    default-jre-headless) command -v java >/dev/null && return ;;
    esac
    dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed
}

if [ "$1" = --npm ]; then
    npm_packages
    exit
fi

if ! command -v apt-get >/dev/null; then
    echo "deps: no apt-get here; please install what is called on Debian:"
    printf '  %s\n' "$@"
    exit
fi

missing=
for package in "$@"; do
    is_there "$package" || missing="$missing $package"
done
if [ -z "$missing" ]; then
    echo "deps: all there"
    exit
fi
echo "deps: installing$missing"
as_root apt-get update -qq
# shellcheck disable=SC2086
as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
