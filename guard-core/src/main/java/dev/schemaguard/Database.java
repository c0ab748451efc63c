// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import dev.schemaguard.assessment.Obstacle;
import dev.schemaguard.fleet.Fleet;
import dev.schemaguard.history.Borrowing;
import dev.schemaguard.history.ReadSession;
import dev.schemaguard.history.Refusal;
import dev.schemaguard.history.SqlFailure;
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

/** A database, as far as connections to it are lent. Thread-safe. */
final class Database {

  private static final long END_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private volatile DataSource dataSource;
  private final ThreadPoolExecutor workers = Borrowing.workers();
  private final HangingChecks hanging = new HangingChecks();
  private volatile @Nullable String name;

  Database(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Has connections borrowed from {@code view}'s data source from now on. */
  void borrowThrough(UnaryOperator<DataSource> view) {
    dataSource = view.apply(dataSource);
  }

  /** What is asked of a database. */
  interface Question<T> extends Borrowing.Work<T> {
    /** The answer if none comes from a connection in time. */
    T without(Obstacle obstacle);
  }

  /** Work that also learns the database's name. A class, because a lambda costs the first check. */
  private final class NamedWork<T> implements Borrowing.Work<T> {

    private final Borrowing.Work<T> work;

    NamedWork(Borrowing.Work<T> work) {
      this.work = work;
    }

    @Override
    public T on(ReadSession session) throws SQLException {
      learnName(session);
      return work.on(session);
    }
  }

  /** What {@code work} comes to on a connection; or, if nothing in time, what the obstacle does. */
  <T> T ask(Duration timeout, Borrowing.Work<T> work, Function<Obstacle, T> withoutAnswer) {
    return ask(
        timeout,
        new Question<T>() {
          @Override
          public T on(ReadSession session) throws SQLException {
            return work.on(session);
          }

          @Override
          public T without(Obstacle obstacle) {
            return withoutAnswer.apply(obstacle);
          }
        });
  }

  /** The answer to a question. */
  <T> T ask(Duration timeout, Question<T> question) {
    if (hanging.spareNext()) {
      return question.without(
          obstacle(
              Obstacle.Kind.TIMEOUT,
              hanging.count() + " earlier checks still hang in the connection pool or the driver"));
    }
    Borrowing<T> borrowing = new Borrowing<>(dataSource, new NamedWork<>(question), workers);
    try {
      return borrowing.within(timeout);
    } catch (Borrowing.NoConnectionException e) {
      return question.without(obstacle(e));
    } catch (SQLException e) {
      return question.without(
          SqlFailure.of(e).isTimeout() ? obstacle(Obstacle.Kind.TIMEOUT, message(e)) : obstacle(e));
    } catch (TimeoutException e) {
      return question.without(noAnswer(e.getMessage(), timeout, borrowing.borrower()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return question.without(obstacle(Obstacle.Kind.INTERRUPTED, "the check was interrupted"));
    } catch (ConfigurationException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      // Old drivers lack methods and classes, and pools have exceptions of their own.
      return question.without(obstacle(e));
    } finally {
      hanging.note(borrowing);
    }
  }

  /** What is connected to it. */
  Fleet fleet(Duration timeout) {
    return ask(
        timeout,
        Fleet::read,
        obstacle -> Fleet.unseen("the database cannot be asked: " + obstacle.message()));
  }

  /**
   * Ends the threads that wait for the next question. Waits a moment for their end, because a
   * container reports threads that outlive their application as a leak.
   */
  void endIdleThreads() {
    workers.setKeepAliveTime(0, TimeUnit.NANOSECONDS);
    long end = System.nanoTime() + END_NANOS;
    while (workers.getPoolSize() > 0 && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** What a failure says, without credentials. */
  static String message(Throwable e) {
    return SqlFailure.message(e);
  }

  /** User, host and database, for people; null as long as nothing tells them. */
  @Nullable String name() {
    String known = name;
    if (known == null) {
      known = DatabaseName.of(dataSource);
      name = known;
    }
    return known;
  }

  /** Takes the name from a connection, if the data source does not tell it. */
  private void learnName(ReadSession session) {
    if (name() == null) {
      try {
        name = DatabaseName.of(session.connection().getMetaData());
      } catch (SQLException | RuntimeException | LinkageError e) {
        // Nothing depends on a name; what reads next meets the failure itself.
      }
    }
  }

  private Obstacle obstacle(Obstacle.Kind kind, String message) {
    return new Obstacle(kind, message, name());
  }

  private Obstacle noAnswer(@Nullable String from, Duration timeout, @Nullable Thread borrower) {
    String message = "no answer from " + from + " within " + timeout.toMillis() + " ms";
    WaitingBorrower waiting = borrower == null ? null : WaitingBorrower.of(borrower);
    return waiting == null
        ? obstacle(Obstacle.Kind.TIMEOUT, message)
        : obstacle(waiting.kind(), message + ": " + waiting.reason());
  }

  private Obstacle obstacle(Throwable failure) {
    Obstacle.Kind kind =
        switch (Refusal.of(failure)) {
          case NONE -> Obstacle.Kind.NO_CONNECTION;
          case LOGIN -> Obstacle.Kind.LOGIN;
          case DATABASE -> Obstacle.Kind.DATABASE;
          case CONNECTIONS -> Obstacle.Kind.CONNECTIONS;
          case STARTING -> Obstacle.Kind.STARTING;
          case PARAMETER -> Obstacle.Kind.PARAMETER;
          case LOCKED -> Obstacle.Kind.LOCKED;
          case VERSION -> Obstacle.Kind.VERSION;
          case FILE -> Obstacle.Kind.FILE;
          case OTHER -> Obstacle.Kind.REFUSED;
          case DATA_SOURCE -> Obstacle.Kind.DATA_SOURCE;
        };
    return obstacle(kind, message(failure));
  }
}
