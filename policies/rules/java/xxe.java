package shop.example;

import java.io.InputStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.stream.XMLInputFactory;
import org.w3c.dom.Document;
import org.xml.sax.helpers.DefaultHandler;

class Invoices {
    Document open(InputStream in) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        // ruleid: java.xml.external-entities
        DocumentBuilder builder = factory.newDocumentBuilder();
        return builder.parse(in);
    }

    void openBoth(InputStream in) throws Exception {
        // ruleid: java.xml.external-entities
        SAXParserFactory.newInstance().newSAXParser().parse(in, new DefaultHandler());
        SAXParserFactory sax = SAXParserFactory.newInstance();
        sax.setFeature("http://apache.org/xml/features/disallow-doctype-decl", false);
        // ruleid: java.xml.external-entities
        sax.newSAXParser().parse(in, new DefaultHandler());
        XMLInputFactory stream = XMLInputFactory.newInstance();
        // ruleid: java.xml.external-entities
        stream.createXMLStreamReader(in);
    }

    Document openSafely(InputStream in) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        // ok: java.xml.external-entities
        return factory.newDocumentBuilder().parse(in);
    }

    void openBothSafely(InputStream in) throws Exception {
        SAXParserFactory sax = SAXParserFactory.newInstance();
        sax.setFeature("http://xml.org/sax/features/external-general-entities", false);
        sax.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
        // ok: java.xml.external-entities
        sax.newSAXParser().parse(in, new DefaultHandler());
        XMLInputFactory stream = XMLInputFactory.newFactory();
        stream.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        // ok: java.xml.external-entities
        stream.createXMLStreamReader(in);
    }

    Document blank() throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        // ok: java.xml.external-entities
        return factory.newDocumentBuilder().newDocument();
    }
}
