#!/bin/bash

# ruleid: bash.files.predictable-temp
sort list > /tmp/list.sorted
# ruleid: bash.files.predictable-temp
work=/tmp/app.$$
# ruleid: bash.files.predictable-temp
mkdir -p /tmp/app
# ruleid: bash.files.predictable-temp
make 2>&1 | tee /var/tmp/make.log
# ok: bash.files.predictable-temp
work="$(mktemp -d)"
# ok: bash.files.predictable-temp
work="$(mktemp /tmp/app.XXXXXX)"
# ok: bash.files.predictable-temp
sort list > "$work/list.sorted"
# ok: bash.files.predictable-temp
cat < /tmp/list

# ruleid: bash.files.world-writable
chmod -R 777 /srv/app
# ruleid: bash.files.world-writable
chmod a+rw /srv/app/state
# ruleid: bash.files.world-writable
chmod 4757 /srv/app/run
# ruleid: bash.files.world-writable
umask 000
# ruleid: bash.files.world-writable
install -m 666 app.conf /etc/app.conf
# ok: bash.files.world-writable
chmod 755 /srv/app/run
# ok: bash.files.world-writable
chmod 1777 /srv/drop
# ok: bash.files.world-writable
chmod u+w,o-w /srv/app/state
# ok: bash.files.world-writable
umask 0027
# ok: bash.files.world-writable
install -m 644 app.conf /etc/app.conf

# ruleid: bash.files.program-from-shared-folder
source /tmp/settings.sh
# ruleid: bash.files.program-from-shared-folder
. "/var/tmp/settings.sh"
# ruleid: bash.files.program-from-shared-folder
export PATH=.:$PATH
# ruleid: bash.files.program-from-shared-folder
LD_PRELOAD=/tmp/fast.so ./run
# ok: bash.files.program-from-shared-folder
source ./settings.sh
# ok: bash.files.program-from-shared-folder
export PATH="$HOME/.tool/bin:$PATH"
# ok: bash.files.program-from-shared-folder
. "$(dirname "$0")/lib.sh"
# ok: bash.files.program-from-shared-folder
LD_LIBRARY_PATH=/opt/app/lib ./run

# ruleid: bash.files.recursive-delete-unquoted
rm -rf $folder
# ruleid: bash.files.recursive-delete-unquoted
rm -r -f /srv/$1
# ruleid: bash.files.recursive-delete-unquoted
rm -rf ${folder}/cache
# ok: bash.files.recursive-delete-unquoted
rm -rf -- "${folder:?}"
# ok: bash.files.recursive-delete-unquoted
rm -rf "$folder"/cache
# ok: bash.files.recursive-delete-unquoted
rm -f $list
# ok: bash.files.recursive-delete-unquoted
rm -rf build dist

# ruleid: bash.files.delete-below-empty
rm -rf "$folder"/*
# ruleid: bash.files.delete-below-empty
rm -rf "${folder}/"
# ruleid: bash.files.delete-below-empty, bash.files.recursive-delete-unquoted
rm -fr $folder/*
# ok: bash.files.delete-below-empty
rm -rf "${folder:?}"/*
# ok: bash.files.delete-below-empty
rm -rf "$folder"/cache/*
# ok: bash.files.delete-below-empty
rm -rf "/srv/app/$name/"
