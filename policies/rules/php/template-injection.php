<?php

use Illuminate\Support\Facades\Blade;

// ruleid: php.template.template-injection
$twig->createTemplate('Hello ' . $_GET['name'])->render();
// ruleid: php.template.template-injection
$smarty->display('string:' . $_POST['page']);
// ruleid: php.template.template-injection
Blade::render($_POST['template'], ['name' => 'x']);
// ok: php.template.template-injection
$twig->render('hello.html.twig', ['name' => $_GET['name']]);
// ok: php.template.template-injection
$smarty->display('page.tpl');
// ok: php.template.template-injection
Blade::render('Hello {{ $name }}', ['name' => $_POST['name']]);
