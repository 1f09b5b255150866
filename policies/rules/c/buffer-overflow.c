#include <stdio.h>
#include <string.h>

int main(int argc, char **argv) {
    char name[32];
    char *copy;
    // ruleid: c.buffers.overflow-from-input, c.buffers.unbounded-copy
    strcpy(name, argv[1]);
    // ruleid: c.buffers.overflow-from-input, c.buffers.unbounded-copy
    sprintf(name, "hello %s", getenv("USER"));
    // ok: c.buffers.overflow-from-input
    snprintf(name, sizeof name, "%s", argv[1]);
    copy = malloc(strlen(argv[1]) + 1);
    // ok: c.buffers.overflow-from-input, c.buffers.unbounded-copy
    strcpy(copy, argv[1]);
    // ok: c.buffers.overflow-from-input, c.buffers.unbounded-copy
    sprintf(name, "%d", atoi(argv[2]));
    return 0;
}

int keep(const char *text, const char *other) {
    char word[64];
    // ruleid: c.buffers.unbounded-copy
    strcat(word, other);
    // ok: c.buffers.unbounded-copy
    strcpy(word, "default");
    if (strlen(text) >= sizeof word) {
        return -1;
    }
    // ok: c.buffers.unbounded-copy
    strcpy(word, text);
    return 0;
}

void ask(FILE *file) {
    char line[80], word[80], *all;
    int number;
    // ruleid: c.buffers.gets
    gets(line);
    // ruleid: c.buffers.gets
    while (gets(line) != NULL) number++;
    // ok: c.buffers.gets
    fgets(line, sizeof line, stdin);
    // ok: c.buffers.gets
    menu.gets(line);
    // ruleid: c.buffers.scanf-without-width
    scanf("%s", word);
    // ruleid: c.buffers.scanf-without-width
    fscanf(file, "%d %[^\n]", &number, word);
    // ok: c.buffers.scanf-without-width
    scanf("%79s", word);
    // ok: c.buffers.scanf-without-width
    scanf("%ms %*s %d%%s", &all, &number);
}
