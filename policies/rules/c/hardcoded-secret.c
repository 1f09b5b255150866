#include <string.h>

// ruleid: c.secrets.hardcoded-secret
#define DB_PASSWORD "t7#Kp2!vLq9z"
// ok: c.secrets.hardcoded-secret
#define PASSWORD_FILE "/etc/job/password-1"

// ruleid: c.secrets.hardcoded-secret
static const char *api_key = "9f8e7d6c5b4a39281706";
// ok: c.secrets.hardcoded-secret
static const char *password_prompt = "Password 2 of 2:";

int log_in(const char *user, const char *password, struct account *account) {
    // ok: c.secrets.hardcoded-secret
    const char *secret = getenv("JOB_SECRET");
    // ruleid: c.secrets.compared-with-constant
    if (strcmp(password, "s3rvice!access") == 0) return 1;
    // ruleid: c.secrets.compared-with-constant
    if (!strncmp(account->secret, "letmein", 7)) return 1;
    // ok: c.secrets.compared-with-constant
    if (strcmp(password, "none") == 0) return 0;
    // ok: c.secrets.compared-with-constant
    if (strcmp(user, "administrator") == 0) return 0;
    // ruleid: c.secrets.password-in-url
    connect_to("postgres://job:Kp2vLq9z@db.corp.example/jobs");
    // ruleid: c.secrets.password-in-url
    const char *queue = "amqp://worker:f8e7d6c5@queue.corp.example:5672/";
    // ok: c.secrets.password-in-url
    connect_to("postgres://db.corp.example/jobs");
    // ok: c.secrets.password-in-url
    connect_to("postgres://job:password@localhost/test");
    return 0;
}
