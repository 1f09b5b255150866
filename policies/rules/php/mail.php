<?php

$from = $_POST['from'];
// ruleid: php.mail.sendmail-options
mail($to, 'Contact', $text, '', '-f' . $from);
// ruleid: php.mail.sendmail-options
\mb_send_mail($to, 'Contact', $text, [], "-f{$_REQUEST['from']}");
// ok: php.mail.sendmail-options
mail($to, 'Contact', $_POST['text'], '', '-fweb@corp.example');
// ok: php.mail.sendmail-options
mail($to, $_POST['subject'], $_POST['text']);

// ruleid: php.mail.header-injection
mail($to, 'Contact', $text, 'From: ' . $from);
// ruleid: php.mail.header-injection
mail($to, 'Contact', $text, "Reply-To: $from\r\nX-Mailer: shop", '-fweb@corp.example');
$address = filter_var($_POST['from'], FILTER_VALIDATE_EMAIL);
// ok: php.mail.header-injection
mail($to, 'Contact', $text, 'From: ' . $address);
// ok: php.mail.header-injection
mail($to, 'Contact', $_POST['text'], 'From: web@corp.example');
