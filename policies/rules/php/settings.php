<?php

// ruleid: php.settings.cors-any-origin
header('Access-Control-Allow-Origin: ' . $_SERVER['HTTP_ORIGIN']);
// ruleid: php.settings.cors-any-origin
$response->headers->set('Access-Control-Allow-Origin', $request->headers->get('Origin'));
// ok: php.settings.cors-any-origin
header('Access-Control-Allow-Origin: https://app.corp.example');
if (in_array($_SERVER['HTTP_ORIGIN'], $origins, true)) {
    // ok: php.settings.cors-any-origin
    header('Access-Control-Allow-Origin: ' . $_SERVER['HTTP_ORIGIN']);
}

// ruleid: php.settings.debug-output
ini_set('display_errors', '1');
// ruleid: php.settings.debug-output
phpinfo();
// ok: php.settings.debug-output
ini_set('display_errors', '0');
// ok: php.settings.debug-output
ini_set('log_errors', '1');

// ruleid: php.settings.cookie-open
ini_set('session.cookie_httponly', 0);
// ruleid: php.settings.cookie-open
setcookie('id', $id, ['secure' => true, 'httponly' => false]);
// ok: php.settings.cookie-open
setcookie('id', $id, ['secure' => true, 'httponly' => true]);
// ok: php.settings.cookie-open
ini_set('session.cookie_secure', 1);

// ruleid: php.settings.csrf-off
$resolver->setDefaults(['data_class' => User::class, 'csrf_protection' => false]);
// ruleid: php.settings.csrf-off
Route::post('/orders', $handler)->withoutMiddleware(VerifyCsrfToken::class);
// ok: php.settings.csrf-off
$resolver->setDefaults(['data_class' => User::class, 'csrf_protection' => true]);
// ok: php.settings.csrf-off
Route::post('/orders', $handler)->withoutMiddleware(LogRequests::class);
