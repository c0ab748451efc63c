// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tables that are read in one statement, of which the database knows less than it should. */
class HistoryBatchTest {

  private static final int ONE = 1;

  private final TestDatabase database = Postgres.database();
  private @Nullable KnownHistories known;

  private void history(String schema, int rows) throws SQLException {
    database.execute(
        "CREATE SCHEMA " + schema,
        """
        CREATE TABLE %s.databasechangelog AS
        SELECT n::text AS id, 'team' AS author, 'changelog.xml' AS filename, now() AS dateexecuted,
          n AS orderexecuted, 'EXECUTED' AS exectype, '' AS comments, '' AS tag
        FROM generate_series(1, %d) n"""
            .formatted(schema, rows));
  }

  /** How many entries of each schema are read, where each is believed to hold one row. */
  private Map<String, Integer> read(String... schemas) throws SQLException {
    MigrationTool format = new LiquibaseTool();
    HistoryBatch batch = new HistoryBatch(HistoryLocation.DEFAULT, format, 100, known);
    for (String schema : schemas) {
      batch.add(new HistoryBatch.Table(format, schema, "databasechangelog", ONE));
    }
    Map<String, Integer> read = new TreeMap<>();
    try (Connection connection = database.dataSource().getConnection()) {
      batch.read(
          new DatabaseSession(connection),
          (reader, history) -> read.put(history.place().schema(), history.entries().size()));
    }
    return read;
  }

  @Test
  void leavesOutAHistoryThatIsMuchLongerThanItWasSaidToBe() throws SQLException {
    history("a", 3);
    history("long", 20_000);
    history("z", 19_990);

    assertThat(read("a", "long", "z")).isEqualTo(Map.of("a", 3, "z", 19_990));
  }

  @Test
  void readsAnewInParts() throws SQLException {
    history("a", 12_000);
    history("b", 12_000);

    assertThat(read("a", "b")).isEqualTo(Map.of("a", 12_000, "b", 12_000));
  }

  @Test
  void leavesOutATableThatIsGone() throws SQLException {
    history("a", 3);
    history("z", 4);

    assertThat(read("a", "gone", "z")).isEqualTo(Map.of("a", 3, "z", 4));
  }

  @Test
  void withDigestsTooItLeavesOutWhatCannotBeRead() throws SQLException {
    known = new KnownHistories();
    history("a", 3);
    history("b", 3);
    history("long", 20_000);
    history("none", 0);
    history("z", 4);

    assertThat(read("a", "b", "gone", "long", "none", "z"))
        .isEqualTo(Map.of("a", 3, "b", 3, "z", 4));
  }

  @Test
  void digestsThatAreAllDifferentAreGivenUp() throws SQLException {
    KnownHistories histories = new KnownHistories();
    histories.count(199, 199);
    assertThat(histories.paysOff()).as("too few to judge").isTrue();
    histories.count(1, 1);
    assertThat(histories.paysOff()).isFalse();
    histories.count(300, 0);
    assertThat(histories.paysOff()).as("most were known").isTrue();
    histories.count(1_000, 900);
    known = histories;
    history("a", 3);
    history("b", 4);

    assertThat(read("a", "b")).isEqualTo(Map.of("a", 3, "b", 4));
  }
}
