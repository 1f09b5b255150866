package shop.example;

import jakarta.persistence.EntityManager;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.*;

class OrderServlet extends HttpServlet {
    private static final Set<String> COLUMNS = Set.of("name", "price");
    private DataSource source;

    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        String id = request.getParameter("id");
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            // ruleid: java.servlet.sql-injection
            ResultSet rows = statement.executeQuery("select * from orders where id = '" + id + "'");
            StringBuilder query = new StringBuilder("delete from orders where id = ");
            query.append(id);
            // ruleid: java.servlet.sql-injection
            statement.executeUpdate(query.toString());
            // ruleid: java.servlet.sql-injection
            connection.prepareStatement(String.format("select * from orders where id = '%s'", id));

            // ok: java.servlet.sql-injection
            PreparedStatement bound = connection.prepareStatement("select * from orders where id = ?");
            bound.setString(1, id);
            // ok: java.servlet.sql-injection
            bound.executeQuery();
            // ok: java.servlet.sql-injection
            statement.executeQuery("select * from orders where id = " + Long.parseLong(id));
            long number = Long.parseLong(id);
            // ok: java.servlet.sql-injection
            statement.executeQuery("select * from orders where id = " + number);
            String column = request.getParameter("sort");
            if (COLUMNS.contains(column)) {
                // ok: java.servlet.sql-injection
                statement.executeQuery("select * from orders order by " + column);
            }
        } catch (SQLException error) {
            throw new IllegalStateException(error);
        }
    }
}

@RestController
class OrderController {
    private final JdbcTemplate jdbc;
    private EntityManager entities;

    OrderController(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @GetMapping("/orders")
    public List<String> find(@RequestParam(name = "customer", required = false) String customer) {
        // ruleid: java.servlet.sql-injection
        return jdbc.queryForList("select id from orders where customer = '" + customer + "'", String.class);
    }

    @GetMapping("/orders/bound")
    public List<String> findBound(@RequestParam String customer) {
        // ok: java.servlet.sql-injection
        return jdbc.queryForList("select id from orders where customer = ?", String.class, customer);
    }

    @DeleteMapping("/orders/{id}")
    public void delete(@PathVariable("id") long id, @RequestParam String reason) {
        // ok: java.servlet.sql-injection
        this.jdbc.update("delete from orders where id = " + id);
        // ruleid: java.servlet.sql-injection
        this.jdbc.update("insert into log values ('" + reason + "')");
        // ruleid: java.servlet.sql-injection
        entities.createQuery("select o from Order o where o.reason = '" + reason + "'");
        // ok: java.servlet.sql-injection
        entities.createQuery("select o from Order o where o.reason = :reason").setParameter("reason", reason);
    }

  void qualified(HttpServletRequest request) throws Exception {
    java.util.Map<String, Object> values = new java.util.HashMap<>();
    values.put("name", request.getParameter("name"));
    java.sql.Statement statement = connections.open().createStatement();
    // ruleid: java.servlet.sql-injection
    statement.executeQuery("select id from users where name = '" + values.get("name") + "'");
    // ok: java.servlet.sql-injection
    statement.executeQuery("select id from users where name = 'admin'");
  }

  void fields(HttpServletRequest request) {
    // ruleid: java.servlet.sql-injection
    Databases.jdbcTemplate.queryForList("select id from users where name = '" + request.getHeader("X-Name") + "'");
    // ok: java.servlet.sql-injection
    Databases.jdbcTemplate.queryForList("select id from users where name = ?", request.getHeader("X-Name"));
  }

  void wrapped(HttpServletRequest request) throws Exception {
    FormParameters form = new FormParameters(request);
    java.sql.Statement statement = connections.open().createStatement();
    // ruleid: java.servlet.sql-injection
    statement.executeUpdate("delete from users where name = '" + form.getName() + "'");
    // ok: java.servlet.sql-injection
    statement.executeUpdate("delete from users where age > " + Integer.parseInt(form.getAge()));
  }
}
