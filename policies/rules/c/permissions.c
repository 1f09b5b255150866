#include <sys/stat.h>
#include <unistd.h>

void share(const char *path, int file) {
    // ruleid: c.files.writable-by-all
    chmod(path, 0777);
    // ruleid: c.files.writable-by-all
    fchmod(file, S_IRUSR | S_IWUSR | S_IWOTH);
    // ruleid: c.files.writable-by-all
    umask(0);
    // ok: c.files.writable-by-all
    chmod(path, 0755);
    // ok: c.files.writable-by-all
    chmod(path, 01777);
    // ok: c.files.writable-by-all
    umask(077);
    // ok: c.files.writable-by-all
    mkdir(path, 0777);
}

int drop(uid_t user, gid_t group) {
    // ruleid: c.process.unchecked-privileges
    setgid(group);
    // ruleid: c.process.unchecked-privileges
    setuid(user);
    // ok: c.process.unchecked-privileges
    if (setgroups(0, NULL) != 0) return -1;
    // ok: c.process.unchecked-privileges
    int result = setresuid(user, user, user);
    return result;
}
