// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.policy.IncompatibleSchemaException;
import dev.schemaguard.policy.Mode;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.FlywayRun;
import dev.schemaguard.testing.GolangMigrateRun;
import dev.schemaguard.testing.LiquibaseRun;
import dev.schemaguard.testing.Patience;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose a history is that stands under another name or in another schema than expected. */
class WhoseHistoryTest {

  private static final String PATH = "db/changelog/master.xml";
  private static final String OTHER_PATH = "db/billing.xml";
  private static final List<String> OURS =
      List.of(line("0001_item"), line("0002_note"), line("0003_price"));
  private static final Pattern OPTION = Pattern.compile("--(tool|schema|table) ([^ )]+)");

  private final TestDatabase database = Postgres.database();

  @Nested
  class InThisSchema {

    @Test
    void aTableOfFlyway4IsNamed() throws SQLException {
      FlywayRun.of(database.dataSource(), "V1__item", "V2__note").table("schema_version").migrate();

      assertElsewhere(List.of("1\talias=1_item", "2\talias=2_note"), "--table schema_version");
    }

    @Test
    void aTableOfFlyway4IsNamedIfTheChainHasNoDescriptions() throws SQLException {
      FlywayRun.of(database.dataSource(), "V1__item", "V2__note").table("schema_version").migrate();

      assertElsewhere(List.of("1", "2"), "--table schema_version");
    }

    @Test
    void aTableOfLiquibaseUnderAPrefixIsNamed() throws SQLException {
      liquibase(PATH, "0001_item", "0002_note", "0003_price")
          .tables("ACT_APP_DATABASECHANGELOG", "ACT_APP_DATABASECHANGELOGLOCK")
          .update();

      assertElsewhere(OURS, "--table act_app_databasechangelog");
    }

    @Test
    void ofSeveralTablesTheOneThatHoldsTheChainIsNamed() throws SQLException {
      liquibase(OTHER_PATH, "a", "b").tables("act_app_log", "act_app_lock").update();
      liquibase(PATH, "0001_item", "0002_note", "0003_price").tables("act_cmmn_log", "l").update();

      assertElsewhere(OURS, "--table act_cmmn_log");
    }

    @Test
    void aMistypedTableIsNotAFreshDatabase() throws SQLException {
      liquibase(PATH, "0001_item", "0002_note", "0003_price").update();

      MigrationStatus status =
          check(OURS, Tool.AUTO, new HistoryLocation(null, "databasechangelogs", null));

      assertThat(status.problem().code()).isEqualTo("GUARD-UNREADABLE-ELSEWHERE");
      assertThat(status.problem().actions().get(0))
          .contains("--table databasechangelog", "remove the setting");
      assertThat(follow(OURS, status).verdict()).isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void aMistakenToolIsNotAFreshDatabase() throws SQLException {
      liquibase(PATH, "0001_item", "0002_note", "0003_price").update();

      List<String> ids = List.of("0001_item", "0002_note", "0003_price");
      MigrationStatus status = check(ids, Tool.ALEMBIC, HistoryLocation.DEFAULT);

      assertThat(status.problem().actions().get(0)).contains("--tool liquibase");
      assertThat(follow(ids, status).verdict()).isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void ourHistoryThatIsBehindOrAheadIsOursAllTheSame() throws SQLException {
      liquibase(PATH, "0001_item", "0002_note").tables("old_log", "old_lock").update();
      assertThat(check(OURS).problem().actions().get(0)).contains("--table old_log");

      liquibase(PATH, "0001_item", "0002_note", "0003_price", "0004_new")
          .tables("old_log", "old_lock")
          .update();
      assertThat(check(OURS).problem().actions().get(0)).contains("--table old_log");
    }

    @Test
    void ourHistoryUnderAnotherPathIsOurs() throws SQLException {
      liquibase("src/main/resources/" + PATH, "0001_item", "0002_note", "0003_price")
          .tables("old_log", "old_lock")
          .update();

      assertThat(check(OURS).problem().actions().get(0)).contains("--table old_log");
    }

    @Test
    void anotherApplicationsHistoryIsMentionedAndChangesNothing() throws SQLException {
      liquibase(OTHER_PATH, "a", "b").tables("billing_log", "billing_lock").update();
      FlywayRun.of(database.dataSource(), "V1__invoice").table("invoice_history").baseline("0");

      MigrationStatus status = check(OURS);

      assertThat(status.verdict()).isEqualTo(Verdict.UNINITIALIZED);
      assertThat(status.notes().toString()).contains("billing_log", "another application's");
    }

    @Test
    void versionsWithOtherDescriptionsAreAnotherApplications() throws SQLException {
      FlywayRun.of(database.dataSource(), "V1__invoice", "V2__dunning")
          .table("billing_history")
          .migrate();

      MigrationStatus status = check("1\talias=1_item", "2\talias=2_note");

      assertThat(status.verdict()).isEqualTo(Verdict.UNINITIALIZED);
      assertThat(status.notes().toString()).contains("billing_history");
    }

    @Test
    void oneRevisionInCommonDecidesNothing() throws SQLException {
      liquibase(PATH, "0001_item", "x", "y").tables("sibling_log", "sibling_lock").update();

      MigrationStatus status = check(OURS);

      assertThat(status.problem().code()).isEqualTo("GUARD-UNREADABLE-ELSEWHERE");
      assertThat(status.problem().why()).contains("may be this application's", "1 of its 3 rows");
      assertThat(status.problem().actions().toString())
          .contains("--table sibling_log", "--assume-new");
    }

    @Test
    void aHistoryThatMayNotBeReadDecidesNothing() throws SQLException {
      liquibase(PATH, "0001_item").tables("old_log", "old_lock").update();
      String role = Postgres.role("reader");

      MigrationStatus status = guard(database.as(role, role), OURS).build().check();

      assertThat(status.problem().code()).isEqualTo("GUARD-UNREADABLE-ELSEWHERE");
      assertThat(status.problem().why()).contains("old_log");
    }

    @Test
    void aLoneNumberDecidesNothing() throws SQLException {
      new GolangMigrateRun(database, "migrations_of_billing").at(2);

      MigrationStatus status = check("1", "2", "3");

      assertThat(status.problem().code()).isEqualTo("GUARD-UNREADABLE-ELSEWHERE");
      assertThat(status.problem().why()).contains("a number, which many applications have");
    }

    @Test
    void aBackupBesideTheHistoryChangesNothing() throws SQLException {
      liquibase(PATH, "0001_item", "0002_note", "0003_price").update();
      database.execute("CREATE TABLE log_backup AS SELECT * FROM databasechangelog");

      assertThat(check(OURS).verdict()).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(check(OURS).notes()).isEmpty();
    }

    @Test
    void anEmptyTableOfAnotherNameIsNotEvenMentioned() throws SQLException {
      liquibase(PATH, "0001_item").tables("old_log", "old_lock").update();
      database.execute("DELETE FROM old_log");

      assertThat(check(OURS).verdict()).isEqualTo(Verdict.UNINITIALIZED);
      assertThat(check(OURS).notes()).isEmpty();
    }

    @Test
    void whoSaysThatTheDatabaseIsNewIsBelieved() throws SQLException {
      liquibase(PATH, "0001_item", "0002_note", "0003_price").tables("old_log", "l").update();
      database.execute("CREATE TABLE customer (id INT)");

      for (SchemaGuard guard :
          List.of(
              guard(database.dataSource(), OURS).assumeNew(true).build(),
              guard(database.dataSource(), OURS)
                  .environment(name -> name.equals("SCHEMA_GUARD_ASSUME_NEW") ? "1" : null)
                  .build())) {
        assertThat(guard.check().verdict()).isEqualTo(Verdict.UNINITIALIZED);
        assertThat(guard.check().notes().toString()).contains("old_log");
        assertThat(guard.preflight().go()).isTrue();
      }
    }

    @Test
    void strictStartsAndOwnMigratorsAreRefusedToo() throws SQLException {
      liquibase(PATH, "0001_item", "0002_note", "0003_price").tables("old_log", "l").update();
      SchemaGuard guard = guard(database.dataSource(), OURS).mode(Mode.STRICT).build();

      assertThat(guard.preflight().exitCode()).isEqualTo(8);
      assertThat(refusal(guard::enforce)).isEqualTo(Verdict.UNREADABLE);
      assertThat(refusal(guard::enforceBeforeMigration)).isEqualTo(Verdict.UNREADABLE);
    }
  }

  @Nested
  class InAnotherSchema {

    @Test
    void ourHistoryIsNamedIfNobodyChoseTheSchema() throws SQLException {
      database.execute("CREATE SCHEMA shop");
      liquibase(PATH, "0001_item", "0002_note", "0003_price").in("shop").update();

      assertElsewhere(OURS, "--schema shop");
    }

    @Test
    void ourHistoryUnderAnotherNameIsNamedWithBoth() throws SQLException {
      database.execute("CREATE SCHEMA shop");
      liquibase(PATH, "0001_item", "0002_note", "0003_price")
          .tables("old_log", "l")
          .in("shop")
          .update();

      assertElsewhere(OURS, "--schema shop --table old_log");
    }

    @Test
    void otherServicesHistoriesLeaveADatabaseFresh() throws SQLException {
      database.execute("CREATE SCHEMA billing", "CREATE SCHEMA stock");
      liquibase(OTHER_PATH, "a", "b").in("billing").update();
      FlywayRun.of(database.dataSource(), "V1__stock").in("stock").migrate();

      assertThat(check(OURS).verdict()).isEqualTo(Verdict.UNINITIALIZED);
      assertThat(guard(database.dataSource(), OURS).build().preflight().go()).isTrue();
    }

    @Test
    void ofASiblingThatBeginsAlikeTheCurrentSchemaIsTheFirstAdvice() throws SQLException {
      database.execute("CREATE SCHEMA sibling");
      liquibase(PATH, "0001_item", "x").in("sibling").update();

      MigrationStatus status = check(OURS);

      assertThat(status.problem().code()).isEqualTo("GUARD-UNREADABLE-ELSEWHERE");
      assertThat(status.problem().actions().get(0)).contains("--schema public");
      assertThat(follow(OURS, status).verdict()).isEqualTo(Verdict.UNINITIALIZED);
    }

    @Test
    void anotherToolsTableThatMayNotBeReadIsNotLiquibases() throws SQLException {
      String role = Postgres.role("appdev");
      database.execute(
          "CREATE SCHEMA auth",
          "CREATE TABLE auth.schema_migrations (version VARCHAR(255) PRIMARY KEY)",
          "GRANT ALL ON SCHEMA public TO \"" + role + "\"");

      SchemaGuard guard = guard(database.as(role, role), OURS).build();

      assertThat(guard.check().verdict()).isEqualTo(Verdict.UNINITIALIZED);
      assertThat(guard.preflight().go()).isTrue();
      assertThat(guard(database.as(role, role), List.of("1", "2")).build().preflight().go())
          .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "ALTER ROLE %1$s SET search_path = %2$s",
          "ALTER ROLE %1$s IN DATABASE %3$s SET search_path = %2$s",
          "ALTER DATABASE %3$s SET search_path = %2$s"
        })
    void aChosenSchemaIsFreshWhateverOthersHold(String choice) throws SQLException {
      String role = Postgres.role("svc");
      String schema = choice.isEmpty() ? role : "newsvc";
      String name = database.value("SELECT current_database()");
      database.execute(
          "CREATE SCHEMA staging",
          "CREATE SCHEMA " + schema,
          "GRANT USAGE ON SCHEMA staging, " + schema + " TO " + role);
      liquibase(PATH, "0001_item", "0002_note").in("staging").update();
      database.execute("GRANT SELECT ON staging.databasechangelog TO " + role);
      if (!choice.isEmpty()) {
        database.execute(choice.formatted(role, schema, name));
      }

      MigrationStatus status = guard(database.as(role, role), OURS).build().check();

      assertThat(status.verdict()).isEqualTo(Verdict.UNINITIALIZED);
      assertThat(status.notes().toString()).contains("staging");
    }

    @Test
    void aSearchPathInTheServersConfigurationIsNobodysChoice() throws SQLException {
      database.execute("CREATE SCHEMA shop");
      liquibase(PATH, "0001_item", "0002_note", "0003_price").in("shop").update();
      database.execute("ALTER SYSTEM SET search_path = \"$user\", public");
      try {
        database.execute("SELECT pg_reload_conf()");
        Patience.until(
            "new sessions have it from there",
            Duration.ofSeconds(20),
            () -> searchPathIsFrom("configuration file"));

        assertElsewhere(OURS, "--schema shop");
      } finally {
        database.execute("ALTER SYSTEM RESET search_path", "SELECT pg_reload_conf()");
      }
    }

    private boolean searchPathIsFrom(String source) throws SQLException {
      return database
          .value("SELECT source FROM pg_settings WHERE name = 'search_path'")
          .equals(source);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?currentSchema=newsvc", "?options=-csearch_path=newsvc,public"})
    void aSchemaOfTheUrlIsFreshWhateverOthersHold(String parameters) throws SQLException {
      database.execute("CREATE SCHEMA staging", "CREATE SCHEMA newsvc");
      liquibase(PATH, "0001_item", "0002_note").in("staging").update();
      DataSource dataSource = database.withUrl(database.url() + parameters).dataSource();

      assertThat(guard(dataSource, OURS).build().check().verdict())
          .isEqualTo(Verdict.UNINITIALIZED);
      assertThat(guard(dataSource, OURS).build().preflight().go()).isTrue();
    }
  }

  private void assertElsewhere(List<String> chain, String options) {
    MigrationStatus status = check(chain, Tool.AUTO, HistoryLocation.DEFAULT);
    assertThat(status.verdict()).isEqualTo(Verdict.UNREADABLE);
    assertThat(status.problem().code()).isEqualTo("GUARD-UNREADABLE-ELSEWHERE");
    assertThat(status.problem().actions().get(0)).contains(options);
    assertThat(follow(chain, status).verdict()).isEqualTo(Verdict.UP_TO_DATE);
  }

  /** The status once the first action was followed to the letter. */
  private MigrationStatus follow(List<String> chain, MigrationStatus status) {
    Tool tool = Tool.AUTO;
    HistoryLocation location = HistoryLocation.DEFAULT;
    Matcher option = OPTION.matcher(status.problem().actions().get(0));
    while (option.find()) {
      String value = option.group(2);
      switch (option.group(1)) {
        case "tool" -> tool = Tool.valueOf(value.toUpperCase(Locale.ROOT));
        case "schema" -> location = new HistoryLocation(value, location.table(), null);
        default -> location = new HistoryLocation(location.schema(), value, null);
      }
    }
    return check(chain, tool, location);
  }

  private static Verdict refusal(Runnable start) {
    try {
      start.run();
      return null;
    } catch (IncompatibleSchemaException e) {
      return e.status().verdict();
    }
  }

  private MigrationStatus check(String... chain) {
    return check(Arrays.asList(chain));
  }

  private MigrationStatus check(List<String> chain) {
    return check(chain, Tool.AUTO, HistoryLocation.DEFAULT);
  }

  private MigrationStatus check(List<String> chain, Tool tool, HistoryLocation location) {
    return guard(database.dataSource(), chain).tool(tool).history(location).build().check();
  }

  private static SchemaGuardBuilder guard(DataSource dataSource, List<String> chain) {
    String text = chain.stream().map(line -> line + "\n").collect(Collectors.joining());
    return SchemaGuard.builder(dataSource)
        .matrix(CompatibilityMatrix.ofChain(RevisionChain.parse(text, "revisions.txt")))
        .environment(variable -> null);
  }

  private LiquibaseRun liquibase(String path, String... ids) {
    return LiquibaseRun.ofChangesets(database.dataSource(), path, ids);
  }

  private static String line(String id) {
    return PATH + "::" + id + "::tester";
  }
}
