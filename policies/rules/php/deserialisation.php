<?php

// ruleid: php.code.deserialisation
$cart = unserialize($_COOKIE['cart']);
// ruleid: php.code.deserialisation
$cart = unserialize(base64_decode($_POST['cart']));
// ruleid: php.code.deserialisation
$options = \maybe_unserialize(wp_unslash($_POST['options']));
// ok: php.code.deserialisation
$cart = unserialize($_COOKIE['cart'], ['allowed_classes' => false]);
// ok: php.code.deserialisation
$cart = json_decode($_COOKIE['cart'], true);
// ok: php.code.deserialisation
$cart = unserialize(file_get_contents('/srv/cache/cart'));
