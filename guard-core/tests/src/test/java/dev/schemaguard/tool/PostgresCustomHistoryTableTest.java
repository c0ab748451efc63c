// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.history.CustomHistoryTable;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.HistoryResult.Cause;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("full")
class PostgresCustomHistoryTableTest extends CustomHistoryTableContract {

  PostgresCustomHistoryTableTest() {
    super(new PostgresHistoryReaderTest());
  }

  @Test
  void aConditionOnAColumnThatTheRoleMayNotReadIsAMissingGrant() throws SQLException {
    TestDatabase database = Postgres.database();
    String role = Postgres.role("columns");
    database.execute(
        "CREATE TABLE steps (step TEXT, ok BOOLEAN)",
        "GRANT SELECT (step) ON steps TO \"" + role + "\"");

    try (Connection connection = database.as(role, role).getConnection()) {
      HistoryResult reading =
          Tools.reader(
                  CustomHistoryTable.of("steps", "step").appliedWhen("ok"), HistoryLocation.DEFAULT)
              .read(new DatabaseSession(connection));

      assertThat(HistoryReaderContract.unreadable(reading, Cause.PERMISSION).actions().get(0))
          .startsWith("GRANT SELECT ON");
    }
  }
}
