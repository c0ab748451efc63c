// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One borrowed connection while it is read from. The connection is not changed, so nothing has to
 * be restored, except that a transaction that its first SELECT began is ended. Used by one thread;
 * only {@link #cancel} may be called from another.
 */
public final class ReadSession {

  /** Converts the current row to a value. */
  @FunctionalInterface
  public interface RowMapper<T> {
    /** Returns the value of the current row of {@code row}. */
    T map(ResultSet row) throws SQLException;
  }

  /** Receives the current row. */
  @FunctionalInterface
  public interface RowConsumer {
    /** Receives the current row of {@code row}. */
    void accept(ResultSet row) throws SQLException;
  }

  private static final Pattern END = Pattern.compile("[\\s;]++$");

  private final Connection connection;
  private final DatabaseProduct product;
  private final Literals literals;
  private final String quote;
  private final Object cancelling = new Object();
  private @Nullable Statement running;
  private volatile boolean cancelled;
  private volatile @Nullable LentTransaction transaction;
  private @Nullable SQLException lastFailure;

  /** Creates a session on {@code connection}, which the caller has to close. */
  public ReadSession(Connection connection) throws SQLException {
    this.connection = connection;
    DatabaseMetaData metaData = connection.getMetaData();
    this.product = DatabaseProduct.of(metaData);
    this.literals = new Literals(product);
    // In SQLite, a name in double quotes that is not a column is a text, and not an error.
    this.quote = product.isSqlite() ? "`" : metaData.getIdentifierQuoteString().strip();
  }

  /** Records in which transaction {@code lender} has lent the connection. */
  public void begin(DataSource lender) throws SQLException {
    if (!connection.getAutoCommit()) {
      transaction = LentTransaction.of(this, lender);
    }
  }

  /** Ends the transaction that reading began, if there is one. */
  void leave() throws SQLException {
    LentTransaction lent = transaction;
    if (lent != null) {
      lent.leave();
    }
  }

  /** Returns whether the connection is in a transaction that the application has begun. */
  public boolean isInApplicationsTransaction() {
    LentTransaction lent = transaction;
    return lent != null && lent.isOfApplication();
  }

  /**
   * Returns the connection, for anything that {@link #query} does not support. Send SELECT
   * statements only, and do not change the connection.
   */
  public Connection connection() {
    return connection;
  }

  /** Returns Liquibase's short name of the database product: {@code postgresql}, {@code h2}. */
  public String dbms() {
    return product.shortName();
  }

  DatabaseProduct product() {
    return product;
  }

  /**
   * Returns the schema in which an unqualified name is looked up first; null if there is none. This
   * needs a statement on some databases.
   */
  public @Nullable String currentSchema() throws SQLException {
    if (product.isSqlite()) {
      return SqliteCatalog.FILE;
    }
    if (!product.keepsSchemasAsCatalogs()) {
      return connection.getSchema();
    }
    // The drivers treat a database as a schema if their URL says databaseTerm or
    // useCatalogTerm=SCHEMA.
    String catalog = connection.getCatalog();
    return catalog == null || catalog.equals("def") ? connection.getSchema() : catalog;
  }

  /** Returns {@code name} quoted, so that SQL refers to exactly this name. */
  public String quoted(String name) {
    return quote.isEmpty() ? name : quote + name.replace(quote, quote + quote) + quote;
  }

  /**
   * Returns the name that a table has if Liquibase creates it as {@code name}. It is not quoted
   * unless it must be, so the database folds it ({@code getDatabaseChangeLogTableName()} of the
   * classes in {@code liquibase.database.core}).
   */
  String folded(String name) throws SQLException {
    if (!isPlain(name)) {
      return name;
    }
    DatabaseMetaData metaData = connection.getMetaData();
    if (metaData.storesUpperCaseIdentifiers()) {
      return name.toUpperCase(Locale.ROOT);
    }
    return metaData.storesLowerCaseIdentifiers() ? name.toLowerCase(Locale.ROOT) : name;
  }

  private static boolean isPlain(String name) {
    boolean plain = !name.isEmpty() && !isDigit(name.charAt(0));
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      plain &= (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || isDigit(c);
    }
    return plain;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /**
   * Runs one SELECT and returns a value for every row.
   *
   * @param parameters values of the statement's {@code ?}, in order: text, numbers, booleans, null,
   *     or any other value, of which {@code toString} is written as a text literal; they become a
   *     part of the statement, which is never prepared
   * @return the values, in the order of the rows
   * @throws SQLException if the database refuses, or the session was cancelled
   */
  public <T> List<T> query(String sql, List<?> parameters, RowMapper<T> mapper)
      throws SQLException {
    List<T> values = new ArrayList<>();
    forEach(sql, parameters, row -> values.add(mapper.map(row)));
    return values;
  }

  /**
   * Runs one SELECT and passes every row to {@code consumer}. Parameters and errors are those of
   * {@link #query}.
   */
  public void forEach(String sql, List<?> parameters, RowConsumer consumer) throws SQLException {
    forEach(sql, parameters, 0, consumer);
  }

  /**
   * Runs one SELECT that an operator has written, in a read-only transaction if the database
   * supports one and it belongs to this session alone. Errors are those of {@link #forEach}.
   */
  public void forEachReadOnly(String sql, RowConsumer consumer) throws SQLException {
    ReadOnlyTransaction.begin(this, transaction);
    try {
      forEach(sql, List.of(), consumer);
    } catch (SQLException | RuntimeException e) {
      try {
        ReadOnlyTransaction.end(this, transaction);
      } catch (SQLException late) {
        suppress(e, late);
      }
      throw e;
    }
    ReadOnlyTransaction.end(this, transaction);
  }

  /**
   * Runs one SELECT and passes only its first rows to {@code consumer}.
   *
   * @param most the maximum number of rows; 0 means all
   */
  void forEach(String sql, List<?> parameters, int most, RowConsumer consumer) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      start(statement);
      if (most > 0) {
        statement.setMaxRows(most);
      }
      try (ResultSet rows = statement.executeQuery(unnamed(literals.in(sql, parameters)))) {
        while (rows.next()) {
          consumer.accept(rows);
        }
      }
    } finally {
      end();
    }
  }

  /**
   * Returns the statement as it is sent. A pooler may run two transactions of one connection in two
   * sessions of the server. A name that the driver gave to a prepared statement may then refer to
   * another client's statement. Therefore nothing is prepared. No text is sent twice either,
   * because pgjdbc can be configured to prepare and name any text it has seen before ({@code
   * preferQueryMode=extendedCacheEverything}).
   */
  String unnamed(String sql) {
    // After a semicolon, the comment would be a statement of its own.
    return product.isPostgres()
        ? END.matcher(sql).replaceFirst("") + " /* schema-guard " + System.nanoTime() + " */"
        : sql;
  }

  private void start(Statement statement) throws SQLException {
    synchronized (cancelling) {
      if (cancelled) {
        throw new SQLException("cancelled");
      }
      running = statement;
    }
  }

  /**
   * Waits for a cancellation in progress, so that it does not affect the next user of the
   * connection.
   */
  private void end() {
    synchronized (cancelling) {
      running = null;
    }
  }

  /** Returns the names of the columns of a table, as the database spells them. */
  List<String> columns(String qualifiedTable) throws SQLException {
    List<String> names = new ArrayList<>();
    String none = "SELECT * FROM " + qualifiedTable + " WHERE 1 = 0";
    try (Statement statement = connection.createStatement()) {
      start(statement);
      try (ResultSet rows = statement.executeQuery(unnamed(none))) {
        ResultSetMetaData metaData = rows.getMetaData();
        for (int i = 1; i <= metaData.getColumnCount(); i++) {
          names.add(metaData.getColumnName(i));
        }
      }
    } finally {
      end();
    }
    return names;
  }

  /**
   * Makes the connection usable after a statement failed. A database such as PostgreSQL refuses
   * everything until the transaction in which a statement failed has ended.
   */
  public void recover() throws SQLException {
    LentTransaction lent = transaction;
    if (lent == null) {
      if (!connection.getAutoCommit()) {
        connection.rollback();
      }
      return;
    }
    try {
      lent.recover();
    } catch (SQLException | RuntimeException e) {
      SQLException first = lastFailure;
      if (first == null) {
        throw e;
      }
      suppress(first, e);
      throw first;
    }
  }

  /**
   * Lets the next SELECT see what was committed in the meantime, which a transaction that reading
   * began may hide, depending on the connection's isolation level.
   */
  void lookAnew() throws SQLException {
    recover();
  }

  /**
   * Returns whether a failed statement means that the connection itself is lost, so that nothing
   * more can be read through it.
   */
  public boolean isBroken(SQLException failure) {
    lastFailure = failure;
    try {
      return cancelled || SqlFailure.of(failure).isConnectionLoss() || !isValid();
    } catch (SQLException | RuntimeException | LinkageError e) {
      suppress(failure, e);
      return true;
    }
  }

  private boolean isValid() throws SQLException {
    try {
      return connection.isValid(1);
    } catch (AbstractMethodError e) {
      // The driver is older than JDBC 4.
      return !connection.isClosed();
    }
  }

  /**
   * Adds {@code later} to {@code first} as a suppressed exception, unless they are the same object,
   * which some drivers throw again.
   */
  public static void suppress(Throwable first, Throwable later) {
    if (first != later) {
      first.addSuppressed(later);
    }
  }

  /** Stops the running statement and all later ones. May be called from another thread. */
  public void cancel() throws SQLException {
    cancelled = true;
    synchronized (cancelling) {
      if (running != null) {
        running.cancel();
      }
    }
  }
}
