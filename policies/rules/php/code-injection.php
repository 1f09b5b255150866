<?php

use Illuminate\Http\Request;

// ruleid: php.code.code-injection
eval($_POST['code']);
// ruleid: php.code.code-injection
@assert($_REQUEST['a']);
// ruleid: php.code.code-injection
$_GET['f']($_GET['x']);
$action = $_GET['action'];
// ruleid: php.code.code-injection
$action();
// ruleid: php.code.code-injection
call_user_func($action, 1);
// ruleid: php.code.code-injection
array_map($_COOKIE['f'], [$_COOKIE['x']]);
// ruleid: php.code.code-injection
$controller->$action();
// ok: php.code.code-injection
$closure();
// ok: php.code.code-injection
call_user_func('trim', $_GET['name']);
// ok: php.code.code-injection
array_map('trim', $_GET['names']);
// ok: php.code.code-injection
$controller->show($action);
// ok: php.code.code-injection
eval('return 1;');

function routed(Request $request)
{
    $method = $request->input('method');
    if (!in_array($method, ['show', 'list'], true)) {
        abort(404);
    }
    // ok: php.code.code-injection
    return (new Pages())->$method();
}

// ruleid: php.code.file-inclusion
include $_GET['page'];
// ruleid: php.code.file-inclusion
require_once __DIR__ . '/pages/' . $_GET['page'] . '.php';
$pages = ['home' => 'home.php', 'about' => 'about.php'];
// ok: php.code.file-inclusion
include __DIR__ . '/' . ($pages[$_GET['page']] ?? 'home.php');
// ok: php.code.file-inclusion
include __DIR__ . '/pages/' . basename($_GET['page']) . '.php';
// ok: php.code.file-inclusion
require_once __DIR__ . '/vendor/autoload.php';

// ruleid: php.code.request-into-variables
extract($_POST);
// ruleid: php.code.request-into-variables
parse_str($_SERVER['QUERY_STRING']);
foreach ($_GET as $name => $value) {
    // ruleid: php.code.request-into-variables
    $$name = $value;
}
// ok: php.code.request-into-variables
parse_str($_SERVER['QUERY_STRING'], $fields);
// ok: php.code.request-into-variables
extract($_POST, EXTR_PREFIX_ALL, 'form');
// ok: php.code.request-into-variables
extract(['title' => 'Home']);
