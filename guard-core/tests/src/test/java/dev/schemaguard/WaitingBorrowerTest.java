// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.SimpleDataSource;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A connection that cannot come before the caller of the check goes on. */
class WaitingBorrowerTest {

  private static final String ADVICE =
      "call enforce() or check() from main or a start-up method, not from a static initializer of a"
          + " class that the DataSource needs";

  private static MigrationStatus check(DataSource dataSource) {
    return Statewave.guard(dataSource, "0.6.1").timeout(Duration.ofMillis(500)).build().check();
  }

  private static Connection noConnectionIsLeft() throws SQLException {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new SQLException("interrupted");
  }

  private static Connection connection(TestDatabase database) throws SQLException {
    return database.dataSource().getConnection();
  }

  @Nested
  class InAStaticInitializer {

    /** The usual one: everything about the database is in one class. */
    static final class Wiring {
      static final TestDatabase DATABASE = H2.database();
      static final MigrationStatus STATUS = check(SimpleDataSource.of(() -> connection(DATABASE)));

      private Wiring() {}
    }

    /** A DataSource of its own class, which reads a constant that is not a literal. */
    static final class Settings {
      static final TestDatabase DATABASE = H2.database();
      static final MigrationStatus STATUS = check(SimpleDataSource.of(new Source()));

      private Settings() {}
    }

    static final class Source implements SimpleDataSource.Source {
      @Override
      public Connection connect() throws SQLException {
        return connection(Settings.DATABASE);
      }
    }

    /** The initializer that the DataSource needs has another one call the check. */
    static final class Outer {
      static final TestDatabase DATABASE = H2.database();
      static final MigrationStatus STATUS = Inner.STATUS;

      private Outer() {}

      static Connection connect() throws SQLException {
        return connection(DATABASE);
      }
    }

    static final class Inner {
      static final MigrationStatus STATUS = check(SimpleDataSource.of(Outer::connect));

      private Inner() {}
    }

    /** A pool that has no connection left is no matter of the initializer. */
    static final class Exhausted {
      static final MigrationStatus STATUS =
          check(SimpleDataSource.of(WaitingBorrowerTest::noConnectionIsLeft));

      private Exhausted() {}
    }

    @Test
    void theDataSourceNeedsTheAdviceNamesIt() {
      assertNames(Wiring.STATUS, Wiring.class.getName());
      assertNames(Settings.STATUS, Settings.class.getName());
      assertNames(Outer.STATUS, InAStaticInitializer.class.getName() + "$");
    }

    @Test
    void theDataSourceDoesNotNeedItIsThePool() {
      assertThat(Exhausted.STATUS.error())
          .isEqualTo("no answer from the connection pool within 500 ms");
    }

    private static void assertNames(MigrationStatus status, String initializer) {
      assertThat(status.verdict()).isEqualTo(Verdict.UNREACHABLE);
      assertThat(status.problem().code()).isEqualTo("GUARD-UNREACHABLE-TIMEOUT");
      assertThat(status.error())
          .contains("waits for the static initializer of " + initializer)
          .endsWith(", which waits for this check");
      assertThat(status.problem().actions()).contains(ADVICE);
    }
  }

  @Nested
  class UnderALock {

    @Test
    void thatTheCallerHoldsTheAdviceNamesThePlace() {
      Object lock = new Object();
      TestDatabase database = H2.database();
      MigrationStatus status;
      synchronized (lock) {
        status =
            check(
                SimpleDataSource.of(
                    () -> {
                      synchronized (lock) {
                        return connection(database);
                      }
                    }));
      }

      assertThat(status.problem().code()).isEqualTo("GUARD-UNREACHABLE-TIMEOUT");
      assertThat(status.error())
          .startsWith("no answer from the connection pool within 500 ms: ")
          .contains(getClass().getName())
          .endsWith(" waits for a lock");
      assertThat(status.problem().actions())
          .singleElement()
          .asString()
          .contains("make that call without the lock");
    }
  }
}
