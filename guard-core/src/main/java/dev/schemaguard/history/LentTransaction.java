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
 * application has work that is not committed; only a transaction that reading began is ended.
 */
abstract class LentTransaction {

  /** Whether a transaction was open when the connection was lent. */
  private enum State {
    IDLE,
    OPEN,
    UNKNOWN
  }

  private static final String HIKARI = "com.zaxxer.hikari.";

  private LentTransaction() {}

  /** Makes the connection usable after a statement failed. */
  abstract void recover() throws SQLException;

  /** Leaves the transaction as it was lent, once reading is over. */
  abstract void leave() throws SQLException;

  /** Whether the application has begun it, so that the connection must not be taken from it. */
  abstract boolean isOfApplication();

  /** Whether no transaction was open when the connection was lent. */
  boolean isBegunByReading() {
    return this instanceof BegunByReading;
  }

  /**
   * Returns the transaction of the session's connection, which has auto-commit off, before anything
   * is read.
   */
  static LentTransaction of(ReadSession session, DataSource lender) throws SQLException {
    Connection connection = session.connection();
    State state = state(session);
    DatabaseProduct product = session.product();
    if (product.isPostgres()
        && state != State.IDLE
        && isHikari(lender, connection)
        && isWithoutWrites(session)) {
      // A new connection whose search_path HikariCP has set and not committed. Closing it rolls
      // the setting back, and the pool would hand it out with the wrong schema from then on.
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
      // A SELECT without a table begins none (SET IMPLICIT_TRANSACTIONS, Transact-SQL reference).
      case "mssql" -> state(session, "SELECT @@TRANCOUNT");
      case "h2" ->
          // Older releases say nothing of a database in memory.
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

  /** What {@code query} returns; null if the server does not know what it asks for. */
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
   * Commits or rolls back. pgjdbc's own calls prepare these commands under a name, which in a
   * pooler's other server session may be another client's statement.
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

  /** A wrapper of the pool or its connections need not say so; metadata names its connection. */
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

  /** No transaction was open: the one that the first SELECT began is rolled back. */
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

  /** A failed SELECT does not harm it. */
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

  /** A failed SELECT would make PostgreSQL refuse the rest of it. */
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
      // Releasing alone is refused where the last statement has failed.
      connection.rollback(savepoint);
      connection.releaseSavepoint(savepoint);
    }

    @Override
    boolean isOfApplication() {
      return ofApplication;
    }
  }
}
