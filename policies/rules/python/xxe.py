import xml.sax
from xml.sax.handler import feature_external_ges, feature_namespaces

import defusedxml.ElementTree
from flask import Flask, request as http
from lxml import etree

app = Flask(__name__)

# ruleid: python.lxml.external-entities
etree.XMLParser(resolve_entities=True)
# ruleid: python.lxml.external-entities
etree.XMLParser(recover=True, no_network=False)
# ok: python.lxml.external-entities
etree.XMLParser(resolve_entities=False, no_network=True)
# ok: python.lxml.external-entities
etree.XMLParser(recover=True)

reader = xml.sax.make_parser()
# ruleid: python.xml.sax-external-entities
reader.setFeature(feature_external_ges, True)
# ruleid: python.xml.sax-external-entities
reader.setFeature("http://xml.org/sax/features/external-general-entities", 1)
# ok: python.xml.sax-external-entities
reader.setFeature(feature_external_ges, False)
# ok: python.xml.sax-external-entities
reader.setFeature(feature_namespaces, True)


@app.post("/import")
def load():
    # ruleid: python.web.xxe
    etree.fromstring(http.get_data())
    # ruleid: python.web.xxe
    etree.parse(http.files["document"])
    # ok: python.web.xxe
    etree.fromstring(http.get_data(), etree.XMLParser(resolve_entities=False))
    # ok: python.web.xxe
    defusedxml.ElementTree.fromstring(http.get_data())
    # ok: python.web.xxe
    return etree.fromstring("<empty/>").tag


import xml.etree.ElementTree as ET
from xml.dom import minidom

from defusedxml.ElementTree import fromstring
from flask import request as incoming


@app.post("/import")
def standard_library():
    # ruleid: python.web.entity-expansion
    first = ET.fromstring(incoming.get_data())
    # ruleid: python.web.entity-expansion
    second = minidom.parseString(incoming.data)
    # ok: python.web.entity-expansion
    third = fromstring(incoming.get_data())
    # ok: python.web.entity-expansion
    fourth = ET.parse("settings.xml")
    return first, second, third, fourth


def reader(parser, handler):
    # ruleid: python.xml.sax-external-entities
    parser.setFeature(handler.feature_external_ges, True)
    # ok: python.xml.sax-external-entities
    parser.setFeature(handler.feature_external_ges, False)
