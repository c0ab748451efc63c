// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

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
  static LentTransaction of(DatabaseSession session, DataSource lender) throws SQLException {
    Connection connection = session.connection();
    Dialect dialect = session.dialect();
    State state = state(session);
    if (dialect.rollsBackSettings()
        && state != State.IDLE
        && isHikari(lender, connection)
        && dialect.isWithoutWrites(session)) {
      // This is a new connection whose search_path HikariCP has set and not committed. Closing it
      // would roll the setting back, and the pool would lend it with the wrong schema from then on.
      end(session, "COMMIT");
      state = State.IDLE;
    }
    if (state == State.IDLE) {
      return new BegunByReading(session);
    }
    return dialect.failureEndsTransaction()
        ? new Protected(connection, connection.setSavepoint(), state == State.OPEN)
        : new Untouched(state == State.OPEN);
  }

  private static State state(DatabaseSession session) throws SQLException {
    Boolean open = DriverTransaction.isOpen(session.connection(), session.dialect());
    if (open == null) {
      open = session.dialect().isInTransaction(session);
    }
    return open == null ? State.UNKNOWN : open ? State.OPEN : State.IDLE;
  }

  /**
   * Returns whether {@code query} selects a number above zero; null if the server does not support
   * the query. It leaves the transaction as it is.
   */
  static @Nullable Boolean isAboveZero(DatabaseSession session, String query) throws SQLException {
    Connection connection = session.connection();
    Savepoint before =
        session.dialect().failureEndsTransaction() ? connection.setSavepoint() : null;
    Boolean[] above = new Boolean[1];
    try {
      session.forEach(
          query,
          List.of(),
          row -> {
            above[0] = row.getLong(1) > 0;
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
    return above[0];
  }

  /** Commits or rolls back, by a statement if the dialect wants that. */
  private static void end(DatabaseSession session, String command) throws SQLException {
    if (!session.dialect().endsTransactionsBySql()) {
      session.connection().rollback();
      return;
    }
    try (Statement statement = session.connection().createStatement()) {
      statement.execute(session.dialect().sent(command));
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

    private final DatabaseSession session;

    BegunByReading(DatabaseSession session) {
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
