<?php

// ruleid: php.secrets.hardcoded-secret
$db_password = 'kF83hs!kd92';
// ruleid: php.secrets.hardcoded-secret
define('DB_PASSWORD', 'kF83hs!kd92');
// ruleid: php.secrets.hardcoded-secret
$config = ['user' => 'app', 'api_key' => '9f8a7b6c5d4e3f21'];
// ruleid: php.secrets.hardcoded-secret
new PDO('mysql:host=localhost;dbname=app', 'app', 'winter-rain');
// ruleid: php.secrets.hardcoded-secret
$address = 'mysql://app:kF83hs9kd92@db.corp.example/app';

class Client
{
    // ruleid: php.secrets.hardcoded-secret
    private $apiKey = '9f8a7b6c5d4e3f21';
    // ok: php.secrets.hardcoded-secret
    private $password = null;
}

// ok: php.secrets.hardcoded-secret
$db_password = getenv('DB_PASSWORD');
// ok: php.secrets.hardcoded-secret
define('DB_PASSWORD', 'changeme123');
// ok: php.secrets.hardcoded-secret
$labels = ['password' => 'Password', 'api_key' => 'required|string'];
// ok: php.secrets.hardcoded-secret
new PDO('mysql:host=localhost;dbname=app', 'app', $password);
// ok: php.secrets.hardcoded-secret
$address = 'mysql://app@db.corp.example/app';
