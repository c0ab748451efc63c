// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** Counts the orders. The container creates it only after the guard has let the start pass. */
@WebServlet("/orders")
public final class OrdersServlet extends HttpServlet {

  private static final long serialVersionUID = 1;

  private transient DataSource database;

  @Override
  public void init() throws ServletException {
    try {
      database = (DataSource) new InitialContext().lookup("java:comp/env/jdbc/orders");
    } catch (NamingException e) {
      throw new ServletException(e);
    }
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet orders = statement.executeQuery("SELECT count(*), sum(total) FROM orders")) {
      orders.next();
      response.setContentType("text/plain;charset=UTF-8");
      response.getWriter().println(orders.getLong(1) + " orders");
    } catch (SQLException e) {
      throw new ServletException(e);
    }
  }
}
