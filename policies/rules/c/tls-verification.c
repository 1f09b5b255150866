#include <curl/curl.h>
#include <openssl/ssl.h>

void connect_to(CURL *curl, SSL_CTX *context) {
    // ruleid: c.tls.verification-off
    SSL_CTX_set_verify(context, SSL_VERIFY_NONE, NULL);
    // ruleid: c.tls.verification-off
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 0L);
    // ruleid: c.tls.verification-off
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 1);
    // ok: c.tls.verification-off
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
    // ok: c.tls.verification-off
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    // ok: c.tls.verification-off
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
}

void serve(void) {
    SSL_CTX *server = SSL_CTX_new(TLS_server_method());
    // ok: c.tls.verification-off
    SSL_CTX_set_verify(server, SSL_VERIFY_NONE, NULL);
    // ok: c.tls.old-protocol
    SSL_CTX_set_min_proto_version(server, TLS1_2_VERSION);
    // ruleid: c.tls.old-protocol
    SSL_CTX_set_min_proto_version(server, TLS1_VERSION);
    // ruleid: c.tls.old-protocol
    SSL_CTX *old = SSL_CTX_new(TLSv1_client_method());
    // ok: c.tls.old-protocol
    SSL_CTX *now = SSL_CTX_new(TLS_client_method());
}
