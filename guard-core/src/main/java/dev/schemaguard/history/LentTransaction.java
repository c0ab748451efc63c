// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The transaction of a borrowed connection. A DataSource may lend a connection on which the
 * application has uncommitted work. Only a transaction that was begun by reading is ended.
 */
abstract class LentTransaction {

  /** The state of the transaction when the connection was lent. */
  private enum State {
    IDLE,
    OPEN,
    UNKNOWN
  }

  private static final String HIKARI = "com.zaxxer.hikari.";

  private LentTransaction() {}

  /** Makes the connection usable after a statement failed. */
  abstract void recover() throws SQLException;

  /** Leaves the transaction as it was when the connection was lent, after reading is finished. */
  abstract void leave() throws SQLException;

  /**
   * Returns whether the application began the transaction, so that the connection must not be taken
   * away from it.
   */
  abstract boolean isOfApplication();

  /** Returns whether no transaction was open when the connection was lent. */
  boolean isBegunByReading() {
    return this instanceof BegunByReading;
  }

  /**
   * Determines the transaction of the session's connection, which has auto-commit off, before
   * anything is read.
   */
  static LentTransaction of(ReadSession session, DataSource lender) throws SQLException {
    Connection connection = session.connection();
    State state = state(session);
    DatabaseProduct product = session.product();
    if (product.isPostgres()
        && state != State.IDLE
        && isHikari(lender, connection)
        && isWithoutWrites(session)) {
      // This is a new connection whose search_path HikariCP has set and not committed. Closing it
      // would roll the setting back, and the pool would lend it with the wrong schema from then on.
      end(session, "COMMIT");
      state = State.IDLE;
    }
    if (state == State.IDLE) {
      return new BegunByReading(session);
    }
    return product.isPostgres()
        ? new Protected(connection, connection.setSavepoint(), state == State.OPEN)
        : new Untouched(state == State.OPEN);
  }

  private static State state(ReadSession session) throws SQLException {
    Boolean open = DriverTransaction.isOpen(session.connection(), session.product());
    if (open != null) {
      return open ? State.OPEN : State.IDLE;
    }
    return switch (session.dbms()) {
      case "postgresql", "edb" -> isWithoutWrites(session) ? State.UNKNOWN : State.OPEN;
      case "mariadb" -> state(session, "SELECT @@in_transaction");
      // A SELECT without a table does not begin one (SET IMPLICIT_TRANSACTIONS, Transact-SQL
      // reference).
      case "mssql" -> state(session, "SELECT @@TRANCOUNT");
      case "h2" ->
          // Older releases do not report it for an in-memory database.
          session.connection().getMetaData().getDatabaseMajorVersion() < 2
              ? State.UNKNOWN
              : state(session, "SELECT CASE WHEN TRANSACTION_ID() IS NULL THEN 0 ELSE 1 END");
      default -> State.UNKNOWN;
    };
  }

  private static State state(ReadSession session, String query) throws SQLException {
    Long open = number(session, query);
    return open == null ? State.UNKNOWN : open == 0 ? State.IDLE : State.OPEN;
  }

  private static boolean isWithoutWrites(ReadSession session) throws SQLException {
    String query =
        "SELECT CASE WHEN pg_catalog.txid_current_if_assigned() IS NULL THEN 0 ELSE 1 END";
    Long written = number(session, query);
    return written != null && written == 0;
  }

  /**
   * Returns the number that {@code query} selects; null if the server does not support the query.
   */
  private static @Nullable Long number(ReadSession session, String query) throws SQLException {
    Connection connection = session.connection();
    Savepoint before = session.product().isPostgres() ? connection.setSavepoint() : null;
    Long[] number = new Long[1];
    try {
      session.forEach(
          query,
          List.of(),
          row -> {
            number[0] = row.getLong(1);
          });
    } catch (SQLException e) {
      if (session.isBroken(e)) {
        throw e;
      }
      if (before != null) {
        connection.rollback(before);
      }
    }
    if (before != null) {
      connection.releaseSavepoint(before);
    }
    return number[0];
  }

  /**
   * Commits or rolls back. pgjdbc's own methods prepare these commands under a name, which may
   * refer to another client's statement if a pooler uses another server session.
   */
  private static void end(ReadSession session, String command) throws SQLException {
    if (!session.product().isPostgres()) {
      session.connection().rollback();
      return;
    }
    try (Statement statement = session.connection().createStatement()) {
      statement.execute(session.unnamed(command));
    }
  }

  /**
   * Returns whether the connection comes from HikariCP. A wrapper of the pool or of its connections
   * may hide this, but the metadata refers to its connection.
   */
  private static boolean isHikari(DataSource lender, Connection connection) {
    if (isOfHikari(connection)) {
      return true;
    }
    Class<?> pool = OptionalClass.named(HIKARI + "HikariDataSource", lender);
    try {
      if (isOfHikari(connection.getMetaData().getConnection())) {
        return true;
      }
      return pool != null && lender.isWrapperFor(pool);
    } catch (SQLException | RuntimeException | LinkageError e) {
      return false;
    }
  }

  private static boolean isOfHikari(@Nullable Connection connection) {
    return connection != null && connection.getClass().getName().startsWith(HIKARI);
  }

  /** No transaction was open. The one that the first SELECT began is rolled back. */
  private static final class BegunByReading extends LentTransaction {

    private final ReadSession session;

    BegunByReading(ReadSession session) {
      this.session = session;
    }

    @Override
    void recover() throws SQLException {
      end(session, "ROLLBACK");
    }

    @Override
    void leave() throws SQLException {
      end(session, "ROLLBACK");
    }

    @Override
    boolean isOfApplication() {
      return false;
    }
  }

  /** A transaction that a failed SELECT does not affect. */
  private static final class Untouched extends LentTransaction {

    private final boolean ofApplication;

    Untouched(boolean ofApplication) {
      this.ofApplication = ofApplication;
    }

    @Override
    void recover() {
      // Nothing to recover.
    }

    @Override
    void leave() {
      // Its owner ends it.
    }

    @Override
    boolean isOfApplication() {
      return ofApplication;
    }
  }

  /** A transaction on PostgreSQL, which a failed SELECT would make unusable. */
  private static final class Protected extends LentTransaction {

    private final Connection connection;
    private final Savepoint savepoint;
    private final boolean ofApplication;

    Protected(Connection connection, Savepoint savepoint, boolean ofApplication) {
      this.connection = connection;
      this.savepoint = savepoint;
      this.ofApplication = ofApplication;
    }

    @Override
    void recover() throws SQLException {
      connection.rollback(savepoint);
    }

    @Override
    void leave() throws SQLException {
      // Releasing alone is refused if the last statement failed.
      connection.rollback(savepoint);
      connection.releaseSavepoint(savepoint);
    }

    @Override
    boolean isOfApplication() {
      return ofApplication;
    }
  }
}
