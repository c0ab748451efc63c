// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check;

import dev.schemaguard.assessment.ConnectionFailure;
import dev.schemaguard.connections.ConnectedVersions;
import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.dialect.Refusal;
import dev.schemaguard.dialect.SqlFailure;
import dev.schemaguard.matrix.ConfigurationException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A database on which tasks run, each on a borrowed connection. Thread-safe. */
public final class Database {

  private static final long END_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private volatile DataSource dataSource;
  private final ThreadPoolExecutor workers = TaskThreads.pool();
  private final AbandonedChecks abandoned = new AbandonedChecks();
  private volatile @Nullable String name;

  /** A database behind a data source. */
  public Database(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Borrows connections from the data source that {@code view} returns from now on. */
  public void borrowThrough(UnaryOperator<DataSource> view) {
    dataSource = view.apply(dataSource);
  }

  /** The work that is done on a connection of a database. */
  interface ConnectionTask<T> extends BoundedConnectionTask.Work<T> {
    /** Returns the result if no connection returns one in time. */
    T without(ConnectionFailure failure);
  }

  /**
   * Work that also determines the database's name. A class, because a lambda slows down the first
   * check.
   */
  private final class NamedWork<T> implements BoundedConnectionTask.Work<T> {

    private final BoundedConnectionTask.Work<T> work;

    NamedWork(BoundedConnectionTask.Work<T> work) {
      this.work = work;
    }

    @Override
    public T on(DatabaseSession session) throws SQLException {
      learnName(session);
      return work.on(session);
    }
  }

  /**
   * Returns the result of {@code work} on a connection; if there is none in time, the result for
   * the failure.
   */
  public <T> T ask(
      Duration timeout,
      BoundedConnectionTask.Work<T> work,
      Function<ConnectionFailure, T> withoutAnswer) {
    return ask(
        timeout,
        new ConnectionTask<T>() {
          @Override
          public T on(DatabaseSession session) throws SQLException {
            return work.on(session);
          }

          @Override
          public T without(ConnectionFailure failure) {
            return withoutAnswer.apply(failure);
          }
        });
  }

  /** Returns the result of a task. */
  public <T> T ask(Duration timeout, ConnectionTask<T> task) {
    if (abandoned.shouldSkipNext()) {
      return task.without(
          failure(
              ConnectionFailure.Kind.TIMEOUT,
              abandoned.count()
                  + " earlier checks still hang in the connection pool or the driver"));
    }
    BoundedConnectionTask<T> bounded =
        new BoundedConnectionTask<>(dataSource, new NamedWork<>(task), workers);
    try {
      return bounded.within(timeout);
    } catch (BoundedConnectionTask.NoConnectionException e) {
      return task.without(failure(e));
    } catch (SQLException e) {
      return task.without(
          bounded.isTimeout(e) ? failure(ConnectionFailure.Kind.TIMEOUT, message(e)) : failure(e));
    } catch (TimeoutException e) {
      return task.without(noAnswer(e.getMessage(), timeout, bounded.borrower()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return task.without(failure(ConnectionFailure.Kind.INTERRUPTED, "the check was interrupted"));
    } catch (ConfigurationException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      // Old drivers lack methods and classes, and pools throw exceptions of their own.
      return task.without(failure(e));
    } finally {
      abandoned.note(bounded);
    }
  }

  /** Returns the versions that are connected to it. */
  public ConnectedVersions connectedVersions(Duration timeout) {
    return ask(
        timeout,
        session -> session.dialect().connectedVersions(session),
        failure -> ConnectedVersions.unseen("the database cannot be asked: " + failure.message()));
  }

  /**
   * Ends the threads that wait for the next task. Waits briefly for their end, because a container
   * reports threads that outlive their application as a leak.
   */
  public void endIdleThreads() {
    workers.setKeepAliveTime(0, TimeUnit.NANOSECONDS);
    long end = System.nanoTime() + END_NANOS;
    while (workers.getPoolSize() > 0 && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** Returns the message of a failure, without credentials. */
  public static String message(Throwable e) {
    return SqlFailure.message(e);
  }

  /** Returns user, host and database, for people; null as long as they are not known. */
  public @Nullable String name() {
    String known = name;
    if (known == null) {
      known = DatabaseName.of(dataSource);
      name = known;
    }
    return known;
  }

  /** Returns host and port of its server, for people; null as long as they are not known. */
  public @Nullable String server() {
    String known = name();
    return known == null ? null : DatabaseName.server(known);
  }

  /** Returns how many checks still hang in the connection pool or the driver. */
  public int hangingChecks() {
    return abandoned.count();
  }

  /** Takes the name from a connection if the data source does not provide it. */
  private void learnName(DatabaseSession session) {
    if (name() == null) {
      try {
        name = DatabaseName.of(session.connection().getMetaData());
      } catch (SQLException | RuntimeException | LinkageError e) {
        // Nothing depends on the name; the next read reports the failure itself.
      }
    }
  }

  private ConnectionFailure failure(ConnectionFailure.Kind kind, String message) {
    return new ConnectionFailure(kind, message, name());
  }

  private ConnectionFailure noAnswer(
      @Nullable String from, Duration timeout, @Nullable Thread borrower) {
    String message = "no answer from " + from + " within " + timeout.toMillis() + " ms";
    WaitingBorrower waiting = borrower == null ? null : WaitingBorrower.of(borrower);
    return waiting == null
        ? failure(ConnectionFailure.Kind.TIMEOUT, message)
        : failure(waiting.kind(), message + ": " + waiting.reason());
  }

  private ConnectionFailure failure(Throwable cause) {
    ConnectionFailure.Kind kind =
        switch (Refusal.of(cause)) {
          case NONE -> ConnectionFailure.Kind.NO_CONNECTION;
          case LOGIN -> ConnectionFailure.Kind.LOGIN;
          case DATABASE -> ConnectionFailure.Kind.DATABASE;
          case CONNECTIONS -> ConnectionFailure.Kind.CONNECTIONS;
          case STARTING -> ConnectionFailure.Kind.STARTING;
          case PARAMETER -> ConnectionFailure.Kind.PARAMETER;
          case NO_TRANSACTIONS -> ConnectionFailure.Kind.NO_TRANSACTIONS;
          case BEHIND_POOLER -> ConnectionFailure.Kind.BEHIND_POOLER;
          case HOST_ROLE -> ConnectionFailure.Kind.HOST_ROLE;
          case LIMIT -> ConnectionFailure.Kind.LIMIT;
          case CANCELLED -> ConnectionFailure.Kind.CANCELLED;
          case LOCKED -> ConnectionFailure.Kind.LOCKED;
          case VERSION -> ConnectionFailure.Kind.VERSION;
          case FILE -> ConnectionFailure.Kind.FILE;
          case OTHER -> ConnectionFailure.Kind.REFUSED;
          case DATA_SOURCE -> ConnectionFailure.Kind.DATA_SOURCE;
        };
    return failure(kind, message(cause));
  }
}
