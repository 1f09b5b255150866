#include <fcntl.h>
#include <stdio.h>
#include <string.h>

void send_file(int client) {
    char name[100], path[200], numbered[40];
    recv(client, name, sizeof name - 1, 0);
    snprintf(path, sizeof path, "/srv/files/%s", name);
    // ruleid: c.files.path-traversal
    FILE *file = fopen(path, "r");
    // ruleid: c.files.path-traversal
    unlink(name);
    int number = atoi(name);
    snprintf(numbered, sizeof numbered, "/srv/files/%d.txt", number);
    // ok: c.files.path-traversal
    open(numbered, O_RDONLY);
}

int cgi(void) {
    char *page = getenv("PATH_INFO");
    // ruleid: c.files.path-traversal
    int file = open(page, O_RDONLY);
    char *home = getenv("HOME");
    // ok: c.files.path-traversal
    return open(home, O_RDONLY);
}

int send_checked(int client) {
    char name[100];
    recv(client, name, sizeof name - 1, 0);
    if (strstr(name, "..") || name[0] == '/') {
        return -1;
    }
    // ok: c.files.path-traversal
    return open(name, O_RDONLY);
}

int main(int argc, char **argv) {
    // ok: c.files.path-traversal
    return fopen(argv[1], "r") == NULL;
}
