#include <openssl/evp.h>

void encrypt(EVP_CIPHER_CTX *context, unsigned char *key, unsigned char *nonce) {
    // ruleid: c.crypto.weak-cipher
    EVP_EncryptInit_ex(context, EVP_des_ede3_cbc(), NULL, key, nonce);
    // ruleid: c.crypto.weak-cipher
    EVP_EncryptInit_ex(context, EVP_aes_256_ecb(), NULL, key, NULL);
    // ruleid: c.crypto.weak-cipher
    gcry_cipher_open(&handle, GCRY_CIPHER_AES256, GCRY_CIPHER_MODE_ECB, 0);
    // ruleid: c.crypto.weak-cipher
    const EVP_CIPHER *named = EVP_get_cipherbyname("DES-EDE3-CBC");
    // ok: c.crypto.weak-cipher
    EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), NULL, key, nonce);
    // ok: c.crypto.weak-cipher
    named = EVP_get_cipherbyname("AES-256-GCM");
    // ok: c.crypto.weak-cipher
    describe(context);
}
