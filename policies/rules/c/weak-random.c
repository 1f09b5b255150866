#include <stdlib.h>
#include <sys/random.h>

void token(struct session *session) {
    unsigned char salt[16];
    // ruleid: c.crypto.weak-random
    int reset_token = rand();
    for (int at = 0; at < 16; at++) {
        // ruleid: c.crypto.weak-random
        salt[at] = random() % 256;
    }
    // ok: c.crypto.weak-random
    getrandom(salt, sizeof salt, 0);
}

int make_password(char *out) {
    const char *letters = "abcdefghijkmnopqrstuvwxyz";
    for (int at = 0; at < 12; at++) {
        // ruleid: c.crypto.weak-random
        out[at] = letters[rand() % 25];
    }
    return 0;
}

int roll(void) {
    // ok: c.crypto.weak-random
    int dice = rand() % 6 + 1;
    // ok: c.crypto.weak-random
    return rand() % 100;
}
