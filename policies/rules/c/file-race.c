#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

int show(const char *path, const char *other) {
    if (access(path, R_OK) == 0) {
        // ruleid: c.files.check-then-open
        return open(path, O_RDONLY);
    }
    if (access(other, W_OK) != 0) {
        return -1;
    }
    // ruleid: c.files.check-then-open
    FILE *file = fopen(other, "w");
    if (access("/etc/job.conf", R_OK) == 0) {
        // ok: c.files.check-then-open
        return open("/usr/share/job.conf", O_RDONLY);
    }
    return 0;
}

int right(const char *path) {
    // ok: c.files.check-then-open
    int file = open(path, O_RDONLY | O_NOFOLLOW);
    struct stat about;
    return fstat(file, &about);
}
