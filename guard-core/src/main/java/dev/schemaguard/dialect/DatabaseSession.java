// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import dev.schemaguard.history.ReadSession;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A borrowed connection with the dialect of its database. The connection is not changed, except
 * that a transaction that its first SELECT began is ended. Used by one thread; only {@link #cancel}
 * may be called from another.
 */
public final class DatabaseSession implements ReadSession {

  private final Connection connection;
  private final Dialect dialect;
  private final Literals literals;
  private final String quote;
  private final RunningStatement running = new RunningStatement();
  private volatile @Nullable LentTransaction transaction;
  private @Nullable SQLException lastFailure;
  private @Nullable Long end;

  /** Creates a session on {@code connection}, which the caller has to close. */
  public DatabaseSession(Connection connection) throws SQLException {
    this.connection = connection;
    this.dialect = Dialects.of(connection);
    this.literals = new Literals(dialect);
    this.quote = dialect.quote(connection);
  }

  /**
   * Returns {@code session}, which the guard has made, with its dialect.
   *
   * @throws IllegalArgumentException if it is another implementation
   */
  public static DatabaseSession of(ReadSession session) {
    if (session instanceof DatabaseSession own) {
      return own;
    }
    throw new IllegalArgumentException("not a session of a guard: " + session.getClass());
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

  @Override
  public Connection connection() {
    return connection;
  }

  /** Returns what is known about the database product. */
  public Dialect dialect() {
    return dialect;
  }

  @Override
  public String dbms() {
    return dialect.shortName();
  }

  @Override
  public @Nullable String currentSchema() throws SQLException {
    return dialect.currentSchema(connection);
  }

  @Override
  public String quoted(String name) {
    return quote.isEmpty() ? name : quote + name.replace(quote, quote + quote) + quote;
  }

  /** Returns a table with its schema, both quoted; the table alone if there are no schemas. */
  public String qualified(String schema, String table) {
    return schema.isEmpty() ? quoted(table) : quoted(schema) + "." + quoted(table);
  }

  /**
   * Returns the name that a table has if it is created as {@code name}, which is not quoted unless
   * it must be, so that the database folds it.
   */
  public String folded(String name) throws SQLException {
    return dialect.folded(connection, name);
  }

  @Override
  public <T> List<T> query(String sql, List<?> parameters, RowMapper<T> mapper)
      throws SQLException {
    List<T> values = new ArrayList<>();
    forEach(sql, parameters, row -> values.add(mapper.map(row)));
    return values;
  }

  /**
   * Returns the first value of a SELECT; null if there is none, or if the database refuses the
   * statement.
   *
   * @throws SQLException if the connection broke
   */
  @Nullable String textOrNull(String sql) throws SQLException {
    try {
      return query(sql, List.of(), row -> Optional.ofNullable(row.getString(1))).stream()
          .flatMap(Optional::stream)
          .findFirst()
          .orElse(null);
    } catch (SQLException e) {
      recoverFrom(e);
      return null;
    }
  }

  /** Returns whether a SELECT returns true; false if the database refuses the statement. */
  boolean isTrue(String sql) throws SQLException {
    try {
      return query(sql, List.of(), row -> row.getBoolean(1)).contains(true);
    } catch (SQLException e) {
      recoverFrom(e);
      return false;
    }
  }

  @Override
  public void forEach(String sql, List<?> parameters, RowConsumer consumer) throws SQLException {
    forEach(sql, parameters, 0, consumer);
  }

  /**
   * Runs one SELECT that an operator has written, in a read-only transaction if the database
   * supports one and it belongs to this session alone. Errors are those of {@link #forEach}.
   */
  public void forEachReadOnly(String sql, RowConsumer consumer) throws SQLException {
    ReadOnlyTransaction readOnly = new ReadOnlyTransaction(this, transaction);
    readOnly.begin();
    try {
      forEach(sql, List.of(), consumer);
    } catch (SQLException | RuntimeException e) {
      try {
        readOnly.end();
      } catch (SQLException late) {
        suppress(e, late);
      }
      throw e;
    }
    readOnly.end();
  }

  /**
   * Runs one SELECT and passes only its first rows to {@code consumer}.
   *
   * @param most the maximum number of rows; 0 means all
   */
  public void forEach(String sql, List<?> parameters, int most, RowConsumer consumer)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      running.start(statement);
      if (most > 0) {
        statement.setMaxRows(most);
      }
      try (ResultSet rows = statement.executeQuery(dialect.sent(literals.in(sql, parameters)))) {
        while (rows.next()) {
          consumer.accept(rows);
        }
      }
    } finally {
      running.end();
    }
  }

  /** Returns the names of the columns of a table, as the database spells them. */
  public List<String> columns(String qualifiedTable) throws SQLException {
    List<String> names = new ArrayList<>();
    String none = "SELECT * FROM " + qualifiedTable + " WHERE 1 = 0";
    try (Statement statement = connection.createStatement()) {
      running.start(statement);
      try (ResultSet rows = statement.executeQuery(dialect.sent(none))) {
        ResultSetMetaData metaData = rows.getMetaData();
        for (int i = 1; i <= metaData.getColumnCount(); i++) {
          names.add(metaData.getColumnName(i));
        }
      }
    } finally {
      running.end();
    }
    return names;
  }

  @Override
  public void recoverFrom(SQLException failure) throws SQLException {
    if (isBroken(failure)) {
      throw failure;
    }
    recover();
  }

  /**
   * Makes the connection usable after a statement failed, and lets the next SELECT see what was
   * committed in the meantime, which a transaction that reading began may hide.
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

  /** Returns what a failure means on this database. */
  public SqlFailure meaning(SQLException failure) {
    return SqlFailure.of(failure, dialect);
  }

  /**
   * Returns whether a failed statement means that the connection itself is lost, so that nothing
   * more can be read through it.
   */
  boolean isBroken(SQLException failure) {
    lastFailure = failure;
    try {
      return running.isCancelled() || meaning(failure).isConnectionLoss() || !isValid();
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

  /** Sets when the work on this session has to be over, in {@link System#nanoTime}. */
  public void endBy(long nanos) {
    end = nanos;
  }

  /** Begins a limit of half of the time that is left. */
  public StatementLimit halfOfTheTime() {
    return StatementLimit.begin(
        running, end == null ? null : Math.max(1, (end - System.nanoTime()) / 2));
  }

  /** Stops the running statement and all later ones. May be called from another thread. */
  public void cancel() throws SQLException {
    running.cancel();
  }
}
