// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.LiquibaseRun;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Histories of which row-level security, or a view, shows the guard's role a part only. */
class HiddenRowsTest {

  private static final String PATH = "db/changelog/master.xml";
  private static final String[] IDS = {"0001_item", "0002_note", "0003_price"};

  private final TestDatabase database = Postgres.database();
  private String viewer;

  @BeforeEach
  void migrate() throws SQLException {
    LiquibaseRun.ofChangesets(database.dataSource(), PATH, IDS).update();
    viewer = Postgres.role("viewer");
    database.execute("GRANT SELECT ON databasechangelog TO " + viewer);
  }

  @Test
  void aPolicyThatHidesARowIsNotAGap() throws SQLException {
    protect();
    database.execute(
        "CREATE POLICY p ON databasechangelog FOR SELECT TO "
            + viewer
            + " USING (id <> '0002_note')");

    assertHidden(check(null));
    assertThat(guard(null).preflight().exitCode()).isEqualTo(8);
  }

  @Test
  void noPolicyAtAllIsNotAnEmptyHistory() throws SQLException {
    protect();

    assertHidden(check(null));
  }

  @Test
  void aPolicyThatHidesNothingThatIsRequiredIsSeenByThePreflightAlone() throws SQLException {
    protect();
    database.execute("CREATE POLICY p ON databasechangelog FOR SELECT USING (true)");

    assertThat(check(null).verdict()).isEqualTo(Verdict.UP_TO_DATE);
    assertThat(guard(null).preflight().exitCode()).isEqualTo(8);
  }

  @Test
  void aRoleThatForbidsPoliciesIsNotAdvisedToBeGrantedWhatItHas() throws SQLException {
    protect();
    database.execute("ALTER ROLE " + viewer + " SET row_security = off");

    assertHidden(check(null));
  }

  @Test
  void theAdviceCuresIt() throws SQLException {
    protect();

    database.execute(check(null).problem().actions().get(0));

    assertThat(check(null).verdict()).isEqualTo(Verdict.UP_TO_DATE);
  }

  @Test
  void aViewWithTheInvokersRightsHidesWhatItsTableHides() throws SQLException {
    protect();
    view("WITH (security_invoker = true)");

    assertHidden(check("ops"));
  }

  @Test
  void aViewWithTheOwnersRightsShowsWhatItsOwnerSees() throws SQLException {
    protect();
    view("");

    assertThat(check("ops").verdict()).isEqualTo(Verdict.UP_TO_DATE);
  }

  @Test
  void aViewOfAnOwnerWhoSeesAPartHidesTheRest() throws SQLException {
    String owner = Postgres.role("owner");
    protect();
    database.execute("GRANT SELECT ON databasechangelog TO " + owner);
    view("");
    database.execute("ALTER VIEW ops.databasechangelog OWNER TO " + owner);

    assertHidden(check("ops"));
  }

  @Test
  void theTableBehindAViewIsNamedIfThatIsTheOneThatMayNotBeRead() throws SQLException {
    view("WITH (security_invoker = true)");
    database.execute("REVOKE SELECT ON databasechangelog FROM " + viewer);

    MigrationStatus status = check("ops");

    assertThat(status.problem().code()).isEqualTo("GUARD-UNREADABLE-PERMISSION");
    database.execute(status.problem().actions().get(0));
    assertThat(check("ops").verdict()).isEqualTo(Verdict.UP_TO_DATE);
  }

  private void protect() throws SQLException {
    database.execute("ALTER TABLE databasechangelog ENABLE ROW LEVEL SECURITY");
  }

  private void view(String options) throws SQLException {
    database.execute(
        "CREATE SCHEMA ops",
        "CREATE VIEW ops.databasechangelog " + options + " AS SELECT * FROM databasechangelog",
        "GRANT USAGE ON SCHEMA ops TO " + viewer,
        "GRANT SELECT ON ops.databasechangelog TO " + viewer);
  }

  private static void assertHidden(MigrationStatus status) {
    assertThat(status.verdict()).isEqualTo(Verdict.UNREADABLE);
    assertThat(status.problem().code()).isEqualTo("GUARD-UNREADABLE-PERMISSION");
    assertThat(status.problem().why()).contains("row-level security");
  }

  private MigrationStatus check(String schema) {
    return guard(schema).check();
  }

  private SchemaGuard guard(String schema) {
    StringBuilder chain = new StringBuilder();
    for (String id : IDS) {
      chain.append(PATH).append("::").append(id).append("::tester\n");
    }
    return SchemaGuard.builder(database.as(viewer, viewer))
        .matrix(CompatibilityMatrix.ofChain(RevisionChain.parse(chain.toString(), "revisions.txt")))
        .history(new HistoryLocation(schema, null, null))
        .environment(variable -> null)
        .build();
  }
}
