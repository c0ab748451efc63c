// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import javax.sql.DataSource;

/** A fresh database for one test, on a real server, with a role that may do everything in it. */
public record TestDatabase(String url, String user, String password) {

  /** Returns how the guard names it to people, if it is one of H2. */
  public String shownByH2() {
    return "SA@" + url.substring("jdbc:".length()).replaceFirst(";.*", "");
  }

  /** New connections of its own role. */
  public DataSource dataSource() {
    return as(user, password);
  }

  /** New connections of another role. */
  public DataSource as(String otherUser, String otherPassword) {
    return SimpleDataSource.of(url, otherUser, otherPassword);
  }

  /** The same database through other parameters of the URL. */
  public TestDatabase withUrl(String otherUrl) {
    return new TestDatabase(otherUrl, user, password);
  }

  /** The name of the database on its server. */
  public String name() {
    return url.replaceFirst("\\?.*", "").replaceFirst(".*/", "");
  }

  /** The database of that name on the same server, which need not exist. */
  public TestDatabase named(String other) {
    return withUrl(url.replaceFirst("^([^?]*/)[^?]*", "$1" + Matcher.quoteReplacement(other)));
  }

  /** The port of its server. */
  public int port() {
    return Integer.parseInt(url.replaceFirst("^[^?]*:(\\d+)/.*", "$1"));
  }

  /** The same database by way of another port. */
  public TestDatabase through(int otherPort) {
    return withUrl(url.replaceFirst(":\\d+/", ":" + otherPort + "/"));
  }

  /** Runs statements, each committed. */
  public void execute(String... statements) throws SQLException {
    try (Connection connection = dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The rows of a query, each as its values joined by {@code |}. */
  public List<String> rows(String query) throws SQLException {
    try (Connection connection = dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> all = new ArrayList<>();
      while (rows.next()) {
        StringJoiner row = new StringJoiner("|");
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(rows.getString(i));
        }
        all.add(row.toString());
      }
      return all;
    }
  }

  /** The only value of a query. */
  public String value(String query) throws SQLException {
    return rows(query).get(0);
  }
}
