#include <curl/curl.h>

void fetch(CURL *curl, int client) {
    char address[200];
    recv(client, address, sizeof address - 1, 0);
    // ruleid: c.curl.ssrf
    curl_easy_setopt(curl, CURLOPT_URL, address);
    char *query = getenv("QUERY_STRING");
    // ruleid: c.curl.ssrf
    getaddrinfo(query, "80", NULL, &result);
    // ok: c.curl.ssrf
    curl_easy_setopt(curl, CURLOPT_URL, "https://api.corp.example/");
    // ok: c.curl.ssrf
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, address);
}
