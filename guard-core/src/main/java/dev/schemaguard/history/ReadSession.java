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
 * One borrowed connection while it is read from. Nothing about the connection is changed, so there
 * is nothing to put back except a transaction that its first SELECT began. Used by one thread; only
 * {@link #cancel} may be called from another.
 */
public final class ReadSession {

  /** Makes a value of the current row. */
  @FunctionalInterface
  public interface RowMapper<T> {
    /** The value of the row that {@code row} stands on. */
    T map(ResultSet row) throws SQLException;
  }

  /** Takes the current row. */
  @FunctionalInterface
  public interface RowConsumer {
    /** Takes the row that {@code row} stands on. */
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

  /** A session on {@code connection}, which stays the caller's to close. */
  public ReadSession(Connection connection) throws SQLException {
    this.connection = connection;
    DatabaseMetaData metaData = connection.getMetaData();
    this.product = DatabaseProduct.of(metaData);
    this.literals = new Literals(product);
    // To SQLite, a name in double quotes that is no column is a text, and no error.
    this.quote = product.isSqlite() ? "`" : metaData.getIdentifierQuoteString().strip();
  }

  /** Notes in which transaction {@code lender} has lent the connection. */
  public void begin(DataSource lender) throws SQLException {
    if (!connection.getAutoCommit()) {
      transaction = LentTransaction.of(this, lender);
    }
  }

  /** Ends the transaction that reading began, if it began one. */
  void leave() throws SQLException {
    LentTransaction lent = transaction;
    if (lent != null) {
      lent.leave();
    }
  }

  /** Whether the connection is in a transaction that the application has begun. */
  public boolean isInApplicationsTransaction() {
    LentTransaction lent = transaction;
    return lent != null && lent.isOfApplication();
  }

  /** The connection, for what {@link #query} does not cover; SELECT only, and change nothing. */
  public Connection connection() {
    return connection;
  }

  /** Liquibase's short name of the database product: {@code postgresql}, {@code h2}. */
  public String dbms() {
    return product.shortName();
  }

  DatabaseProduct product() {
    return product;
  }

  /**
   * The schema in which an unqualified name is looked up first; null where there is none. Costs a
   * statement on some databases.
   */
  public @Nullable String currentSchema() throws SQLException {
    if (product.isSqlite()) {
      return SqliteCatalog.FILE;
    }
    if (!product.keepsSchemasAsCatalogs()) {
      return connection.getSchema();
    }
    // The drivers call a database a schema if their URL says databaseTerm or useCatalogTerm=SCHEMA.
    String catalog = connection.getCatalog();
    return catalog == null || catalog.equals("def") ? connection.getSchema() : catalog;
  }

  /** {@code name} as SQL spells exactly this name. */
  public String quoted(String name) {
    return quote.isEmpty() ? name : quote + name.replace(quote, quote + quote) + quote;
  }

  /**
   * The name that a table gets if Liquibase creates it as {@code name}: not quoted unless it must
   * be, so that the database folds it ({@code getDatabaseChangeLogTableName()} of the classes in
   * {@code liquibase.database.core}).
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
   * Runs one SELECT and makes a value of every row.
   *
   * @param parameters values of the statement's {@code ?}, in order: text, numbers, booleans, null,
   *     or what a text literal of its {@code toString} means; they become a part of the statement,
   *     which is never prepared
   * @return the values, in the order of the rows
   * @throws SQLException if the database refuses, or the session was cancelled
   */
  public <T> List<T> query(String sql, List<?> parameters, RowMapper<T> mapper)
      throws SQLException {
    List<T> values = new ArrayList<>();
    forEach(sql, parameters, row -> values.add(mapper.map(row)));
    return values;
  }

  /** Runs one SELECT and hands every row to {@code consumer}; otherwise as {@link #query}. */
  public void forEach(String sql, List<?> parameters, RowConsumer consumer) throws SQLException {
    forEach(sql, parameters, 0, consumer);
  }

  /**
   * Runs one SELECT that an operator has written, in a read-only transaction where the database has
   * one that is this session's alone; otherwise as {@link #forEach}.
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
   * The same for the first rows only.
   *
   * @param most how many at most; 0: all
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
   * The statement as it is sent. A pooler may run two transactions of one connection in two
   * sessions of the server, where a name that the driver gave to a prepared statement may mean
   * another client's statement. So nothing is prepared; and because pgjdbc can be told to prepare
   * and name whatever text it has seen before ({@code preferQueryMode=extendedCacheEverything}), no
   * text is sent twice.
   */
  String unnamed(String sql) {
    // Behind a semicolon the comment would be a statement of its own.
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

  /** Waits for a cancellation on its way, lest it hit whoever gets the connection next. */
  private void end() {
    synchronized (cancelling) {
      running = null;
    }
  }

  /** The names of the columns of a table, as the database spells them. */
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
   * Makes the connection usable after a statement failed: a database such as PostgreSQL refuses
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
   * Lets the next SELECT see what was committed meanwhile, which a transaction that reading began
   * may hide where the connection's isolation level says so.
   */
  void lookAnew() throws SQLException {
    recover();
  }

  /**
   * Whether a failed statement means that the connection itself is gone, so that nothing more can
   * be learnt over it.
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
      // A driver that is older than JDBC 4.
      return !connection.isClosed();
    }
  }

  /** Keeps {@code later} with {@code first}; some drivers throw the same object again. */
  public static void suppress(Throwable first, Throwable later) {
    if (first != later) {
      first.addSuppressed(later);
    }
  }

  /** Stops the running statement, and every later one, from another thread. */
  public void cancel() throws SQLException {
    cancelled = true;
    synchronized (cancelling) {
      if (running != null) {
        running.cancel();
      }
    }
  }
}
