#include <sqlite3.h>
#include <stdio.h>

int find(sqlite3 *db, MYSQL *mysql, const char *name, int number) {
    char query[200], *text = NULL;
    sqlite3_stmt *statement;
    sprintf(query, "SELECT * FROM users WHERE name = '%s'", name);
    // ruleid: c.sql.formatted-query
    sqlite3_exec(db, query, NULL, NULL, NULL);
    snprintf(query, sizeof query, "DELETE FROM users WHERE name = '%s'", name);
    // ruleid: c.sql.formatted-query
    mysql_query(mysql, query);
    text = sqlite3_mprintf("INSERT INTO users VALUES ('%s')", name);
    // ruleid: c.sql.formatted-query
    sqlite3_exec(db, text, NULL, NULL, NULL);
    // ok: c.sql.formatted-query
    sqlite3_exec(db, sqlite3_mprintf("INSERT INTO users VALUES (%Q)", name), NULL, NULL, NULL);
    // ok: c.sql.formatted-query
    return sqlite3_prepare_v2(db, "SELECT * FROM users WHERE name = ?", -1, &statement, NULL);
}

int by_number(MYSQL *mysql, int number) {
    char query[200];
    sprintf(query, "SELECT * FROM users WHERE number = %d", number);
    // ok: c.sql.formatted-query
    return mysql_query(mysql, query);
}
