<?php

// ruleid: php.xml.external-entities
libxml_disable_entity_loader(false);
$document = new DOMDocument();
// ruleid: php.xml.external-entities
$document->loadXML($text, LIBXML_NOENT | LIBXML_DTDLOAD);
// ruleid: php.xml.external-entities
simplexml_load_string($text, 'SimpleXMLElement', LIBXML_NOENT);
// ruleid: php.xml.external-entities
$document->substituteEntities = true;
// ok: php.xml.external-entities
$document->loadXML($text, LIBXML_NONET);
// ok: php.xml.external-entities
simplexml_load_string($text, 'SimpleXMLElement', LIBXML_NOCDATA);
// ok: php.xml.external-entities
libxml_disable_entity_loader(true);
