// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;

/** Answers {@code /NAME} with the number of that tenant's orders. */
final class OrdersHandler implements HttpHandler {

  private final DataSource pool;
  private final TenantSchemas schemas;
  private final TenantGate gate;

  OrdersHandler(DataSource pool, TenantSchemas schemas, TenantGate gate) {
    this.pool = pool;
    this.schemas = schemas;
    this.gate = gate;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String tenant = exchange.getRequestURI().getPath().substring(1);
    try {
      String schema = TenantSchemas.of(tenant);
      if (!schemas.contains(schema)) {
        answer(exchange, 404, "there is no tenant " + tenant);
        return;
      }
      Optional<String> objection = gate.objection(schema);
      if (objection.isPresent()) {
        answer(exchange, 503, tenant + " is closed: " + objection.get());
      } else {
        answer(exchange, 200, tenant + " has " + count(schema) + " orders");
      }
    } catch (IllegalArgumentException e) {
      answer(exchange, 404, e.getMessage());
    } catch (SQLException e) {
      answer(exchange, 500, "the database does not answer");
    }
  }

  private long count(String schema) throws SQLException {
    // The total is what this version needs of its newest migration.
    String query = "SELECT count(*), sum(total) FROM \"" + schema + "\".orders";
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet orders = statement.executeQuery(query)) {
      orders.next();
      return orders.getLong(1);
    }
  }

  private static void answer(HttpExchange exchange, int code, String text) throws IOException {
    byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain;charset=UTF-8");
    exchange.sendResponseHeaders(code, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
