package shop.example

import javax.xml.XMLConstants
import javax.xml.parsers.DocumentBuilderFactory
import javax.xml.parsers.SAXParserFactory
import javax.xml.stream.XMLInputFactory

fun read(input: InputStream) {
    // ruleid: kotlin.xml.external-entities
    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(input)
    val parsers = SAXParserFactory.newInstance()
    parsers.isNamespaceAware = true
    // ruleid: kotlin.xml.external-entities
    parsers.newSAXParser().parse(input, handler)
    val streams = XMLInputFactory.newFactory()
    // ruleid: kotlin.xml.external-entities
    streams.createXMLStreamReader(input)
}

fun readChecked(input: InputStream) {
    val factory = DocumentBuilderFactory.newInstance()
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true)
    // ok: kotlin.xml.external-entities
    factory.newDocumentBuilder().parse(input)
    val streams = XMLInputFactory.newFactory()
    streams.setProperty(XMLInputFactory.SUPPORT_DTD, false)
    // ok: kotlin.xml.external-entities
    streams.createXMLEventReader(input)
}

fun readScoped(input: InputStream) {
    val factory = DocumentBuilderFactory.newInstance().apply {
        setFeature("http://apache.org/xml/features/disallow-doctype-decl", true)
    }
    // ok: kotlin.xml.external-entities
    factory.newDocumentBuilder().parse(input)
}
