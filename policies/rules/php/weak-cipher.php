<?php

// ruleid: php.crypto.weak-cipher
openssl_encrypt($text, 'des-ede3-cbc', $key, 0, $iv);
// ruleid: php.crypto.weak-cipher
openssl_decrypt($text, 'AES-256-ECB', $key);
// ruleid: php.crypto.weak-cipher
mcrypt_encrypt(MCRYPT_RIJNDAEL_128, $key, $text, MCRYPT_MODE_CBC, $iv);
// ok: php.crypto.weak-cipher
openssl_encrypt($text, 'aes-256-gcm', $key, 0, $iv, $tag);
// ok: php.crypto.weak-cipher
openssl_decrypt($text, $cipher, $key);
// ok: php.crypto.weak-cipher
sodium_crypto_secretbox($text, $nonce, $key);
