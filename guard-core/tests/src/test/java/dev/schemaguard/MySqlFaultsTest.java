// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static dev.schemaguard.status.Verdict.UNREACHABLE;
import static dev.schemaguard.status.Verdict.UP_TO_DATE;

import dev.schemaguard.testing.ConnectionSource;
import dev.schemaguard.testing.ConnectionSource.Way;
import dev.schemaguard.testing.DatabaseServer;
import dev.schemaguard.testing.FaultTrial;
import dev.schemaguard.testing.FaultTrial.Action;
import dev.schemaguard.testing.MariaDb;
import dev.schemaguard.testing.MySql;
import dev.schemaguard.testing.RequiresMariaDb;
import dev.schemaguard.testing.RequiresMySql;
import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The faults of {@link FaultsTest} on MySQL and MariaDB, and those that only they have. */
@Tag("faults")
@Tag("full")
class MySqlFaultsTest {

  @Nested
  @RequiresMariaDb
  class OnMariaDb extends MySqlFaults {
    OnMariaDb() {
      super("MariaDB", MariaDb.database());
    }
  }

  @Nested
  @RequiresMySql
  class OnMySql extends MySqlFaults {
    OnMySql() {
      super("MySQL", MySql.database());
    }
  }

  /** By both drivers at once, each with a pool and without one. */
  @Nested
  @RequiresMySql
  class AServerThatGoesDownAndComesBack {

    private static DatabaseServer server;

    @BeforeAll
    static void start() throws SQLException {
      server = MySql.server();
      server.database("").execute("CREATE DATABASE orders");
      ConnectionSource.migrate(server.database("orders"));
    }

    @AfterAll
    static void remove() {
      server.close();
    }

    @Test
    void stoppedForAWhile() throws Exception {
      duringChecks("the server is stopped during checks", 1, server::stop, true);
    }

    @Test
    void restarted() throws Exception {
      duringChecks("the server is restarted during checks", 1, server::stop, false);
    }

    @Test
    void killed() throws Exception {
      duringChecks("the server is killed during checks", 1, server::kill, true);
    }

    private void duringChecks(String fault, int rounds, Action down, boolean untilNoticed)
        throws Exception {
      TestDatabase observed = server.database("orders");
      List<ConnectionSource> lenders = new ArrayList<>();
      try {
        for (TestDatabase each : List.of(observed, MySql.byMySqlDriver(observed))) {
          for (Way way : Way.values()) {
            String role = "lent" + lenders.size();
            observed.execute(
                "CREATE USER IF NOT EXISTS %s IDENTIFIED BY '%s'".formatted(role, role),
                "GRANT SELECT ON orders.* TO " + role);
            TestDatabase lent = new TestDatabase(each.url(), role, role);
            lenders.add(ConnectionSource.of(way, lent, observed));
          }
        }
        new ServerOutage(down, server::start, untilNoticed)
            .strike(
                FaultTrial.of(fault + ", MySQL", rounds, UNREACHABLE, UP_TO_DATE)
                    .recordedIn("mysql"),
                lenders);
      } finally {
        lenders.forEach(ConnectionSource::close);
      }
    }
  }
}
