#!/bin/bash

run() {
  # ruleid: bash.injection.eval-of-input
  eval "$1"
  local cmd="build $2"
  # ruleid: bash.injection.eval-of-input
  bash -c "$cmd"
  # ruleid: bash.injection.eval-of-input
  eval $*
  # ruleid: bash.injection.eval-of-input
  su app -c "deploy $1"
  answer="$(curl -s https://api.corp.example/next)"
  # ruleid: bash.injection.eval-of-input
  eval "$answer"
  # ruleid: bash.injection.eval-of-input
  sh -c "git checkout $CI_COMMIT_REF_NAME"
  # ok: bash.injection.eval-of-input
  "$@"
  # ok: bash.injection.eval-of-input
  bash -c 'build "$1"' _ "$1"
  # ok: bash.injection.eval-of-input
  eval "build $(printf '%q' "$1")"
  # ok: bash.injection.eval-of-input
  eval "build ${2@Q}"
  # ok: bash.injection.eval-of-input
  eval "$(ssh-agent -s)"
  args="$(getopt -o vh -- "$@")"
  # ok: bash.injection.eval-of-input
  eval set -- "$args"
  # ok: bash.injection.eval-of-input
  eval "value=\$$1"
  count=$#
  # ok: bash.injection.eval-of-input
  eval "echo $count"
}

database() {
  # ruleid: bash.injection.sql
  psql -d app -c "select * from users where name = '$1'"
  user=$2
  # ruleid: bash.injection.sql
  mysql app -e "delete from users where name = '${user}'"
  # ruleid: bash.injection.sql
  sqlite3 app.db "insert into log values ('$1')"
  # ok: bash.injection.sql
  psql -d "$1" -c "select count(*) from users"
  # ok: bash.injection.sql
  psql -d app -v name="$1" -c 'select 1'
  # ok: bash.injection.sql
  mysql "$1" -e "show tables"
}

convert() {
  # ruleid: bash.injection.code-of-other-language
  python3 -c "import json; print(json.load(open('$1')))"
  key=$2
  # ruleid: bash.injection.code-of-other-language
  perl -ne "print if /$key/" data
  # ruleid: bash.injection.code-of-other-language
  awk "/$1/ { print }" data
  # ok: bash.injection.code-of-other-language
  python3 -c 'import json, sys; print(json.load(open(sys.argv[1])))' "$1"
  # ok: bash.injection.code-of-other-language
  awk -v key="$1" '$1 == key { print $2 }' data
  # ok: bash.injection.code-of-other-language
  python3 -c "print(1)" "$1"
}

# ruleid: bash.injection.file-name-in-shell
find . -name '*.log' -exec sh -c 'gzip -9 {}' \;
# ruleid: bash.injection.file-name-in-shell
ls | xargs -I{} bash -c "convert {} {}.png"
# ruleid: bash.injection.file-name-in-shell
ls | xargs -I % sh -c 'mv % old/%'
# ok: bash.injection.file-name-in-shell
find . -name '*.log' -exec sh -c 'for file; do gzip -9 "$file"; done' sh {} +
# ok: bash.injection.file-name-in-shell
find . -name '*.log' -print0 | xargs -0 -I{} gzip -9 {}
# ok: bash.injection.file-name-in-shell
find . -name '*.log' -exec gzip -9 {} +
