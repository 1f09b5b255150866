<?php

// ruleid: php.crypto.fast-password-hash
$stored = md5($password);
// ruleid: php.crypto.fast-password-hash
$stored = sha1($salt . $_POST['password']);
// ruleid: php.crypto.fast-password-hash
$stored = hash('sha256', $user->password);
// ok: php.crypto.fast-password-hash
$stored = password_hash($password, PASSWORD_DEFAULT);
// ok: php.crypto.fast-password-hash
$key = md5($path);
// ok: php.crypto.fast-password-hash
$key = md5($passwordPage->url());

// ruleid: php.crypto.weak-signature-hash
$code = hash_hmac('md5', $message, $key);
// ruleid: php.crypto.weak-signature-hash
openssl_sign($data, $signature, $key, OPENSSL_ALGO_SHA1);
// ok: php.crypto.weak-signature-hash
$code = hash_hmac('sha256', $message, $key);
// ok: php.crypto.weak-signature-hash
openssl_sign($data, $signature, $key, OPENSSL_ALGO_SHA256);
