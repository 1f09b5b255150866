#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/md5.h>

void digest(EVP_MD_CTX *context, const char *text, size_t size, unsigned char *out) {
    // ruleid: c.crypto.weak-hash
    MD5((unsigned char *)text, size, out);
    // ruleid: c.crypto.weak-hash
    EVP_DigestInit_ex(context, EVP_sha1(), NULL);
    // ok: c.crypto.weak-hash
    EVP_DigestInit_ex(context, EVP_sha256(), NULL);
    // ok: c.crypto.weak-hash
    HMAC(EVP_sha1(), key, 20, (unsigned char *)text, size, out, NULL);
}
