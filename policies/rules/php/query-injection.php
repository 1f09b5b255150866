<?php

$name = $_POST['name'];
$xpath = new DOMXPath($document);
// ruleid: php.xml.xpath-injection
$xpath->query("//user[name='$name']");
// ruleid: php.xml.xpath-injection
$users->xpath('//user[@id="' . $_GET['id'] . '"]');
// ok: php.xml.xpath-injection
$xpath->query('//user[@id=' . (int) $_GET['id'] . ']');
// ok: php.xml.xpath-injection
$xpath->query('//user');

// ruleid: php.ldap.ldap-injection
ldap_search($link, 'dc=corp,dc=example', "(uid=$name)");
// ruleid: php.ldap.ldap-injection
ldap_bind($link, 'uid=' . $_POST['user'] . ',dc=corp,dc=example', $password);
// ok: php.ldap.ldap-injection
ldap_search($link, 'dc=corp,dc=example', '(uid=' . ldap_escape($name, '', LDAP_ESCAPE_FILTER) . ')');
// ok: php.ldap.ldap-injection
ldap_bind($link, 'uid=app,dc=corp,dc=example', $_POST['password']);

// ruleid: php.nosql.operator-injection
$collection->findOne(['name' => $_POST['name'], 'password' => $_POST['password']]);
// ruleid: php.nosql.operator-injection
$this->users->deleteMany(json_decode(file_get_contents('php://input'), true));
// ok: php.nosql.operator-injection
$collection->findOne(['name' => (string) $_POST['name']]);
// ok: php.nosql.operator-injection
$collection->findOne(['_id' => new MongoDB\BSON\ObjectId($_GET['id'])]);
// ok: php.nosql.operator-injection
$collection->find(['age' => (int) $_GET['age']]);
