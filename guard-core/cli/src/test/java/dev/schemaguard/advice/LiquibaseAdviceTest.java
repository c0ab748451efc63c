// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.cli.CommandLineRun;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.LiquibaseRun;
import dev.schemaguard.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Follows what a problem with a history of Liquibase advises to the letter, with real Liquibase,
 * from the state that leads to it, and checks the database again.
 */
class LiquibaseAdviceTest {

  private static final String PATH = "db/master.xml";
  private static final Pattern FILE_PATH = Pattern.compile("logicalFilePath=(\\S+)");

  private final TestDatabase database = H2.database();

  @Test
  void theRowOfAFailedChangesetIsDeletedAndItRunsAgain() throws SQLException {
    run("1", "2").update();
    database.execute("UPDATE DATABASECHANGELOG SET EXECTYPE = 'FAILED' WHERE ID = '2'");

    MigrationStatus status = check(chain("1", "2"));

    assertThat(status.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(status.problem().actions().get(0))
        .contains("delete its row from DATABASECHANGELOG", "Liquibase runs it again");
    database.execute("DELETE FROM DATABASECHANGELOG WHERE EXECTYPE = 'FAILED'");
    run("1", "2").update();
    assertThat(check(chain("1", "2")).verdict()).isEqualTo(Verdict.UP_TO_DATE);
  }

  @Test
  void aStaleLockIsReleasedAndTheMigrationsRun() throws SQLException {
    run("1").update();
    database.execute(
        "UPDATE DATABASECHANGELOGLOCK SET LOCKED = TRUE, LOCKEDBY = 'dead',"
            + " LOCKGRANTED = TIMESTAMP '2020-01-01 00:00:00'");

    MigrationStatus status = check(chain("1", "2"));

    assertThat(status.verdict()).isEqualTo(Verdict.BEHIND);
    assertThat(status.problem().actions().get(0))
        .contains("is stale", "(liquibase release-locks); then run this release's migrations");
    run("1", "2").releaseLocks();
    run("1", "2").update();
    assertThat(check(chain("1", "2")).verdict()).isEqualTo(Verdict.UP_TO_DATE);
    assertThat(check(chain("1", "2")).migrationLock()).isNull();
  }

  @Test
  void aMovedFileKeepsThePathThatIsRecorded() throws SQLException {
    LiquibaseRun.ofXml(database.dataSource(), "db/0001.xml", item("")).update();

    MigrationStatus status = check("db/orders/init.xml::1::tester\n");

    assertThat(status.verdict()).isEqualTo(Verdict.BEHIND);
    Matcher advised = FILE_PATH.matcher(status.problem().actions().get(0));
    assertThat(advised.find()).isTrue();
    String path = advised.group(1);
    LiquibaseRun.ofXml(
            database.dataSource(), "db/orders/init.xml", item("logicalFilePath='" + path + "'"))
        .update();
    assertThat(database.value("SELECT COUNT(*) FROM DATABASECHANGELOG")).isEqualTo("1");
    assertThat(check(path + "::1::tester\n").verdict()).isEqualTo(Verdict.UP_TO_DATE);
  }

  @Test
  void anOldLeftoverIsMarkedRetired() {
    run("1", "old").update();

    MigrationStatus status = check(chain("1"));

    assertThat(status.verdict()).isEqualTo(Verdict.AHEAD_UNKNOWN);
    assertThat(status.problem().actions())
        .anyMatch(action -> action.contains("add its line to revisions.txt, marked retired"));
    assertThat(check(chain("1") + chain("old").strip() + "\tretired\n").verdict())
        .isEqualTo(Verdict.UP_TO_DATE);
  }

  @Test
  void aChainWithTheFilterOfTheMigrationsLacksNothing(@TempDir Path folder) throws Exception {
    String changelog =
        """
        --liquibase formatted sql
        --changeset tester:1
        SELECT 1;
        --changeset tester:2 contextFilter:demo
        SELECT 1;
        """;
    Files.writeString(folder.resolve("master.sql"), changelog);
    LiquibaseRun.ofText(database.dataSource(), "master.sql", changelog).updateFor("prod");
    Path file = folder.resolve("revisions.txt");
    revisions(folder, "--revisions", file.toString());

    MigrationStatus status = check(Files.readString(file));

    assertThat(status.verdict()).isEqualTo(Verdict.BEHIND);
    assertThat(status.problem().actions())
        .anyMatch(action -> action.contains("with the same filter (--contexts, --labels)"));
    revisions(folder, "--revisions", file.toString(), "--contexts", "prod");
    assertThat(check(Files.readString(file)).verdict()).isEqualTo(Verdict.UP_TO_DATE);
  }

  private static void revisions(Path folder, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of("revisions", "--liquibase", "master.sql", "--search-path", folder.toString()));
    arguments.addAll(List.of(options));
    assertThat(CommandLineRun.of(arguments.toArray(String[]::new))).isZero();
  }

  private static String item(String attributes) {
    return "<changeSet id=\"1\" author=\"tester\" "
        + attributes
        + "><createTable tableName=\"item\"><column name=\"id\" type=\"int\"/></createTable>"
        + "</changeSet>";
  }

  private LiquibaseRun run(String... ids) {
    return LiquibaseRun.ofChangesets(database.dataSource(), PATH, ids);
  }

  private static String chain(String... ids) {
    StringBuilder chain = new StringBuilder();
    for (String id : ids) {
      chain.append(PATH).append("::").append(id).append("::tester\n");
    }
    return chain.toString();
  }

  private MigrationStatus check(String chain) {
    try (SchemaGuard guard =
        SchemaGuard.builder(database.dataSource())
            .matrix(CompatibilityMatrix.ofChain(RevisionChain.parse(chain, "revisions.txt")))
            .environment(variable -> null)
            .build()) {
      return guard.check();
    }
  }
}
