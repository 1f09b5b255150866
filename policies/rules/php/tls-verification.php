<?php

// ruleid: php.tls.verification-off
curl_setopt($handle, CURLOPT_SSL_VERIFYPEER, false);
// ruleid: php.tls.verification-off
curl_setopt($handle, CURLOPT_SSL_VERIFYHOST, 0);
// ruleid: php.tls.verification-off
curl_setopt_array($handle, [CURLOPT_TIMEOUT => 5, CURLOPT_SSL_VERIFYPEER => 0]);
// ruleid: php.tls.verification-off
$client = new \GuzzleHttp\Client(['timeout' => 5, 'verify' => false]);
// ruleid: php.tls.verification-off
wp_remote_get($address, ['sslverify' => false]);
// ruleid: php.tls.verification-off
stream_context_create(['ssl' => ['verify_peer' => false]]);
// ruleid: php.tls.verification-off
Http::withoutVerifying()->get($address);
// ok: php.tls.verification-off
curl_setopt($handle, CURLOPT_SSL_VERIFYPEER, true);
// ok: php.tls.verification-off
curl_setopt($handle, CURLOPT_SSL_VERIFYHOST, 2);
// ok: php.tls.verification-off
$client = new \GuzzleHttp\Client(['timeout' => 5, 'verify' => '/etc/ssl/corp.pem']);
// ok: php.tls.verification-off
$form = ['verify' => false, 'label' => 'Please verify'];
