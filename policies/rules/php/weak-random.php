<?php

// ruleid: php.crypto.predictable-token
$token = md5(uniqid(mt_rand(), true));
// ruleid: php.crypto.predictable-token
$_SESSION['csrf_token'] = rand();
// ruleid: php.crypto.predictable-token
$user = ['name' => $name, 'reset_token' => substr(str_shuffle($letters), 0, 12)];

function generate_password()
{
    // ruleid: php.crypto.predictable-token
    return 'pw' . mt_rand(1000, 9999);
}

// ok: php.crypto.predictable-token
$token = bin2hex(random_bytes(32));
// ok: php.crypto.predictable-token
$secret = uniqid(bin2hex(random_bytes(32)), true);
// ok: php.crypto.predictable-token
$otp = random_int(100000, 999999);
// ok: php.crypto.predictable-token
$dice = mt_rand(1, 6);
// ok: php.crypto.predictable-token
$boundary = uniqid();
