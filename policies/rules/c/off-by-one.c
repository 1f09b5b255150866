#include <string.h>
#include <unistd.h>

void copy(const char *text) {
    char word[16], field[16], other[16];
    // ruleid: c.buffers.copy-without-end
    strncpy(word, text, sizeof(word));
    // ruleid: c.buffers.copy-without-end
    strncpy(other, text, 16);
    // ok: c.buffers.copy-without-end
    strncpy(field, text, sizeof(field));
    field[sizeof(field) - 1] = 0;
    // ok: c.buffers.copy-without-end
    strncpy(word, "fixed", sizeof(word));
}

void append(const char *text) {
    char line[80];
    line[0] = 0;
    puts(line);
    // ruleid: c.buffers.append-too-much
    strncat(line, text, sizeof(line));
    // ruleid: c.buffers.append-too-much
    strncat(line, text, sizeof(line) - strlen(line));
    // ok: c.buffers.append-too-much
    strncat(line, text, sizeof(line) - strlen(line) - 1);
    // ok: c.buffers.append-too-much
    strncat(line, text, 20);
}

int take(int client) {
    char text[64];
    int length = recv(client, text, sizeof(text), 0);
    // ruleid: c.buffers.end-behind-buffer
    text[length] = 0;
    // ruleid: c.buffers.end-behind-buffer
    text[sizeof(text)] = '\0';
    int less = read(client, text, sizeof(text) - 1);
    // ok: c.buffers.end-behind-buffer
    text[less] = 0;
    // ok: c.buffers.end-behind-buffer
    text[63] = 0;
    return length;
}
