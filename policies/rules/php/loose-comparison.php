<?php

// ruleid: php.auth.loose-comparison
if (md5($given) == $user['hash']) {
    log_in($user);
}
// ruleid: php.auth.loose-comparison
if ($expected != hash_hmac('sha256', $text, $key)) {
    exit('wrong signature');
}
// ruleid: php.auth.loose-comparison
if ($_POST['token'] == $token) {
    log_in($user);
}
// ok: php.auth.loose-comparison
if (hash_equals($user['hash'], hash('sha256', $given))) {
    log_in($user);
}
// ok: php.auth.loose-comparison
if ($_POST['token'] === $token) {
    log_in($user);
}
// ok: php.auth.loose-comparison
if ($_POST['password'] == '') {
    exit('no password');
}
// ok: php.auth.loose-comparison
if ($_GET['page'] == $page) {
    show($page);
}
