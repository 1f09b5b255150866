package shop.example;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.beans.XMLDecoder;
import java.io.*;
import java.net.Socket;
import java.util.Base64;

class ImportServlet extends HttpServlet {
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws Exception {
        ObjectInputStream in = new ObjectInputStream(request.getInputStream());
        // ruleid: java.servlet.object-deserialisation
        Order order = (Order) in.readObject();
        byte[] state = Base64.getDecoder().decode(request.getParameter("state"));
        try (ObjectInputStream decoded = new ObjectInputStream(new ByteArrayInputStream(state))) {
            // ruleid: java.servlet.object-deserialisation
            decoded.readObject();
        }
        // ok: java.servlet.object-deserialisation
        Order parsed = new ObjectMapper().readValue(request.getInputStream(), Order.class);
    }

    protected void doPut(HttpServletRequest request, HttpServletResponse response) throws Exception {
        ObjectInputStream in = new ObjectInputStream(request.getInputStream());
        in.setObjectInputFilter(ObjectInputFilter.Config.createFilter("shop.example.Order;!*"));
        // ok: java.servlet.object-deserialisation
        Order order = (Order) in.readObject();
    }

    Object receive(Socket socket) throws Exception {
        // ruleid: java.servlet.object-deserialisation
        return new ObjectInputStream(socket.getInputStream()).readObject();
    }

    Object cached(File cache) throws Exception {
        try (ObjectInputStream in = new ObjectInputStream(new FileInputStream(cache))) {
            // ok: java.servlet.object-deserialisation
            return in.readObject();
        }
    }

    Object layout(HttpServletRequest request, File upload) throws Exception {
        // ruleid: java.xml-decoder.deserialisation
        XMLDecoder decoder = new XMLDecoder(request.getInputStream());
        // ruleid: java.xml-decoder.deserialisation
        new XMLDecoder(new FileInputStream(upload)).readObject();
        // ok: java.xml-decoder.deserialisation
        XMLDecoder shipped = new XMLDecoder(ImportServlet.class.getResourceAsStream("/layout.xml"));
        // ok: java.xml-decoder.deserialisation
        XMLEncoder encoder = new XMLEncoder(new FileOutputStream(upload));
        return decoder.readObject();
    }
}
