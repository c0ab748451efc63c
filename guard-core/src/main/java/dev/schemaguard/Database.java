// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import dev.schemaguard.assessment.Obstacle;
import dev.schemaguard.fleet.Fleet;
import dev.schemaguard.history.Borrowing;
import dev.schemaguard.history.ReadSession;
import dev.schemaguard.history.SqlFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.sql.DataSource;

/** A database, as far as connections to it are lent. Thread-safe. */
final class Database {

  private final DataSource dataSource;
  private final Executor workers = Borrowing.workers();
  private final HangingChecks hanging = new HangingChecks();

  Database(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** What is asked of a database. */
  interface Question<T> extends Borrowing.Work<T> {
    /** The answer if none comes from a connection in time. */
    T without(Obstacle obstacle);
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
          new Obstacle(
              Obstacle.Kind.TIMEOUT,
              hanging.count() + " earlier checks still hang in the connection pool or the driver"));
    }
    Borrowing<T> borrowing = new Borrowing<>(dataSource, question, workers);
    try {
      return borrowing.within(timeout);
    } catch (Borrowing.NoConnectionException e) {
      return question.without(noConnection(e));
    } catch (SQLException e) {
      Obstacle.Kind kind =
          SqlFailure.of(e).isTimeout() ? Obstacle.Kind.TIMEOUT : Obstacle.Kind.NO_CONNECTION;
      return question.without(new Obstacle(kind, message(e)));
    } catch (TimeoutException e) {
      return question.without(
          new Obstacle(
              Obstacle.Kind.TIMEOUT,
              "no answer from " + e.getMessage() + " within " + timeout.toMillis() + " ms"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return question.without(new Obstacle(Obstacle.Kind.INTERRUPTED, "the check was interrupted"));
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

  /** What a failure says, without credentials. */
  static String message(Throwable e) {
    return DatabaseUrl.withoutCredentials(SqlFailure.message(e));
  }

  private static Obstacle noConnection(Borrowing.NoConnectionException failure) {
    boolean login = false;
    int depth = 0;
    for (Throwable at = failure; at != null && depth < 20; at = at.getCause(), depth++) {
      login |= at instanceof SQLException e && SqlFailure.of(e).isLoginRefused();
    }
    return new Obstacle(
        login ? Obstacle.Kind.LOGIN : Obstacle.Kind.NO_CONNECTION, message(failure));
  }
}
