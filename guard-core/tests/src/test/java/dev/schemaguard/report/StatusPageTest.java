// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.schemaguard.report.CompatibilityGrid.Cell;
import dev.schemaguard.report.CompatibilityGrid.Column;
import dev.schemaguard.report.CompatibilityGrid.Row;
import dev.schemaguard.status.MigrationLock;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.MigrationStatus.Stale;
import dev.schemaguard.status.Problem;
import dev.schemaguard.status.TenantStatus;
import dev.schemaguard.status.TenantsStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.StatusExample;
import dev.schemaguard.testing.TestDatabase;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusPageTest {

  private static final Duration REFRESH = Duration.ofSeconds(5);
  private static final CompatibilityGrid GRID = CompatibilityGrid.of(Statewave.matrix());

  private static Problem problem(String text) {
    return new Problem("GUARD-X", text, text, text, text, text, List.of(text, text));
  }

  private static MigrationStatus of(Verdict verdict) {
    return StatusExample.of(verdict)
        .problem(verdict == Verdict.UP_TO_DATE ? null : problem("a problem"))
        .status();
  }

  private static MigrationStatus statewave(String version, int applied) {
    TestDatabase database = H2.database();
    if (applied > 0) {
      Statewave.update(database.dataSource(), applied);
    }
    return Statewave.guard(database.dataSource(), version).build().check();
  }

  /** What a screen reader would say. */
  private static String text(String page) {
    return page.replaceAll("(?s)<(style|script)>.*?</\\1>", "")
        .replaceAll("<[^>]*>", " ")
        .replaceAll("\\s+", " ");
  }

  @Nested
  class Verdicts {

    @ParameterizedTest
    @CsvSource({
      "UP_TO_DATE, ✔, Yes: the application may run on this database",
      "BEHIND, ✖, No: the application must not run on this database",
      "UNINITIALIZED, ✖, No: the application must not run on this database",
      "FAILED, ✖, No: the application must not run on this database",
      "AHEAD_INCOMPATIBLE, ✖, No: the application must not run on this database",
      "AHEAD_UNKNOWN, ✖, No: the application must not run on this database",
      "UNREACHABLE, ?, Unknown whether the application may run on this database",
      "UNREADABLE, ?, Unknown whether the application may run on this database",
      "UNKNOWN_VERSION, ?, Unknown whether the application may run on this database"
    })
    void areToldByASignAndByWords(Verdict verdict, String sign, String words) {
      String page = StatusPage.of(GRID, of(verdict));

      assertThat(page).contains("<title>" + sign).contains("aria-hidden=\"true\">" + sign + "<");
      assertThat(text(page)).contains(words);
    }

    @Test
    void thatAreOldLookLikeNoAnswer() {
      MigrationStatus old =
          of(Verdict.UP_TO_DATE).stale(new Stale(Instant.parse("2026-11-22T03:00:00Z"), "refused"));

      String page = StatusPage.of(GRID, old);

      assertThat(page).contains("<title>⚠ Yes (outdated)").contains("class=\"verdict untold\"");
      assertThat(text(page))
          .contains("Checks have failed since 2026-11-22 03:00:00 UTC : refused")
          .contains("The last result allows a deployment.")
          .doesNotContain("Nothing. You may deploy");
    }

    @Test
    void sayThatRunningInstancesSurvive() {
      MigrationStatus status = statewave("0.5.0", 12);

      assertThat(status.survivable()).isTrue();
      assertThat(text(StatusPage.of(GRID, status)))
          .contains("Instances that already run can keep running.");
    }
  }

  @Nested
  class Advice {

    @ParameterizedTest
    @EnumSource(Verdict.class)
    void saysForWhomItIs(Verdict verdict) {
      assertThat(text(StatusPage.of(GRID, of(verdict))))
          .containsPattern(
              "What to do now for the (person who deploys|person who operates|developers)");
    }

    @Test
    void isNothingWhereTheSchemaIsUpToDate() {
      assertThat(text(StatusPage.of(GRID, statewave("0.6.1", 12))))
          .contains("for the person who deploys Nothing. You may deploy.");
    }

    @Test
    void saysThatPendingMigrationsDoNotHinder() {
      assertThat(text(StatusPage.of(GRID, statewave("0.6.0", 11))))
          .contains("You may deploy now. 1 migration pending")
          .contains("runs without it. Apply it when convenient.");
    }

    @Test
    void isTheProblemsInItsOrderAsAlternatives() {
      String page = StatusPage.of(GRID, statewave("0.6.1", 9));

      assertThat(page)
          .containsSubsequence(
              "<p class=\"lead\">Run this release&#39;s migrations on this database",
              "<ul class=\"others\"><li><b>or </b>")
          .doesNotContain("<ol><li>Run");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "release the lock (liquibase release-locks), then start | liquibase release-locks",
          "then have it run again (flyway repair) | flyway repair",
          "run this release's migrations (alembic upgrade heads) | alembic upgrade heads",
          "set the version (migrate force 101) | migrate force 101",
          "GRANT SELECT ON \"a b\".\"t\" TO \"app\" | GRANT SELECT ON &quot;a b&quot;.&quot;t&quot; TO"
              + " &quot;app&quot;",
          "GRANT SELECT ON t TO app -- also later | GRANT SELECT ON t TO app",
          "then accept it by name: SCHEMA_GUARD_ACCEPT=0057_drop | SCHEMA_GUARD_ACCEPT=0057_drop",
        })
    void setsACommandApart(String action, String command) {
      String page = StatusPage.of(GRID, advising("say so", action));

      assertThat(page).contains("<code class=\"command\">" + command + "</code>");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "accept them by name: SCHEMA_GUARD_ACCEPT=NAME,NAME,… of the 12 in ahead_revisions",
          "record those alone (liquibase mark-next-changeset-ran for each; changelog-sync for all)",
          "undo it with the artifact that brought it (this one does not contain it)",
        })
    void takesNoWordsForACommand(String action) {
      assertThat(StatusPage.of(GRID, advising("say so", action)))
          .doesNotContain("<code class=\"command\">");
    }

    @Test
    void showsASettingAsCode() {
      assertThat(StatusPage.of(GRID, advising("set `schema` to orders")))
          .contains("<p class=\"lead\">Set <code>schema</code> to orders</p>");
    }

    private static MigrationStatus advising(String... actions) {
      return StatusExample.of(Verdict.BEHIND)
          .problem(new Problem("GUARD-X", "a", null, null, null, "b", List.of(actions)))
          .status();
    }

    @Test
    void isFollowedByTheFoldedPageOfTheProblem() {
      String page = StatusPage.of(GRID, statewave("0.6.1", 9));

      assertThat(page).contains("<details id=\"problem\">");
      assertThat(text(page))
          .containsSubsequence(
              "Causes and remedies of GUARD-BEHIND", "## What to do", "## What not to do");
    }
  }

  @Test
  void theEnvironmentIsNamedInTheTabAndOnThePage() {
    String page = StatusPage.live(GRID, of(Verdict.UP_TO_DATE), REFRESH, "staging", null);

    assertThat(page).containsPattern("<title>[^<]*, staging</title>");
    assertThat(text(page)).contains("the application staging schema compatibility");
    assertThat(text(StatusPage.of(GRID, of(Verdict.UP_TO_DATE), "staging")))
        .contains("the application staging schema compatibility");
  }

  @Nested
  class Evidence {

    @Test
    void namesTheDatabaseThatAPositiveAnswerIsAbout() {
      MigrationStatus status = statewave("0.6.1", 12);

      assertThat(status.database()).isNotNull();
      assertThat(text(StatusPage.of(GRID, status)))
          .contains("statewave 0.6.1 may run on this database Database " + status.database());
      assertThat(StatusPage.of(GRID, status.redacted())).doesNotContain(status.database());
    }

    @Test
    void namesWhereTheDatabaseStandsWhatIsExpectedAndTheTimeOfTheCheck() {
      MigrationStatus status = statewave("0.6.0", 9);
      String page = StatusPage.of(GRID, status);

      assertThat(text(page))
          .contains("Database is at 0009_add_rate_limit_table")
          .contains("Expected 0012_add_health_cache")
          .contains("Minimum 0010_require_tenant_id")
          .contains("Migration tool liquibase")
          .contains("◌ 3 pending 0010_require_tenant_id");
      assertThat(page).containsPattern("<time datetime=\"2\\d{3}-[^\"]*Z\">2\\d{3}-");
    }

    @Test
    void namesALockAndThatItIsStale() {
      MigrationLock lock =
          new MigrationLock("app7", "2026-11-20T02:58:11", "its clock", null, true);

      assertThat(
              text(StatusPage.of(GRID, StatusExample.of(Verdict.UP_TO_DATE).lock(lock).status())))
          .contains("held by app7 since 2026-11-20T02:58:11 (its clock); stale")
          .contains("A migration lock is held, so this may change");
    }

    @Test
    void foldsLongListsAndCutsVeryLongOnes() {
      List<String> names = IntStream.rangeClosed(1, 201).mapToObj(i -> "m" + i).toList();
      String page =
          StatusPage.of(GRID, StatusExample.of(Verdict.UP_TO_DATE).everyList(names).status());

      assertThat(page)
          .contains("<details id=\"pending\">")
          .contains("m200<")
          .contains("and 1 more");
      assertThat(page).doesNotContain("<code>m201<");
    }
  }

  @Nested
  class Grid {

    @Test
    void beginsWithTheNewestRevision() {
      String page = StatusPage.of(GRID, statewave("0.6.1", 9));

      assertThat(page.substring(page.indexOf("<thead>")))
          .containsSubsequence(
              "0012_add_health_cache", "0009_add_rate_limit_table", "0001", "</thead>");
    }

    @Test
    void marksThisApplicationTheDatabaseAndWhatIsPendingInWords() {
      String page = StatusPage.of(GRID, statewave("0.6.1", 9));

      assertThat(page)
          .contains("<th scope=\"col\" class=\"here\"><span>0009_add_rate_limit_table")
          .contains("<tr class=\"own\"><th scope=\"row\">");
      assertThat(text(page))
          .contains("▶ this application: 0.6.1")
          .contains("This database ◌ pending ◌ pending ◌ pending ▼ the database is here");
    }

    @Test
    void saysWhereTheDatabaseIsIfThatIsNoneOfItsColumns() {
      MigrationStatus ahead = statewave("0.6.1", 12);
      CompatibilityGrid empty = new CompatibilityGrid(null, List.of(), List.of());

      assertThat(text(StatusPage.of(empty, ahead)))
          .contains("is at 0012_add_health_cache, which is in none of these columns");
    }

    @Test
    void isAllThereIsWhereNoDatabaseWasAsked() {
      String page = StatusPage.of(GRID, null);

      assertThat(page).contains("<title>statewave: schema compatibility</title>");
      assertThat(text(page))
          .contains("0012_add_health_cache")
          .doesNotContain("What to do", "this application");
    }
  }

  @Nested
  class OfTenants {

    private final Instant now = Instant.EPOCH;

    private TenantStatus tenant(String name, Verdict verdict, boolean compatible) {
      MigrationStatus status =
          StatusExample.of(verdict).compatible(compatible).summary(name + " summary").status();
      return new TenantStatus(name, status);
    }

    /** The page of these, and of one more that is up to date. */
    private String page(TenantStatus... worst) {
      Map<Verdict, Integer> counts = new EnumMap<>(Map.of(Verdict.UP_TO_DATE, 1));
      int incompatible = 0;
      for (TenantStatus one : worst) {
        counts.merge(one.status().verdict(), 1, Integer::sum);
        incompatible += one.status().compatible() ? 0 : 1;
      }
      TenantsStatus all = new TenantsStatus(worst.length + 1, incompatible, counts, List.of(worst));
      MigrationStatus first = worst.length == 0 ? of(Verdict.UP_TO_DATE) : worst[0].status();
      return StatusPage.of(GRID, all.over(first, now, REFRESH));
    }

    @Test
    void countsThemByVerdictInSignsWordsAndNumbers() {
      String page =
          page(
              tenant("a", Verdict.UNREACHABLE, false),
              tenant("b", Verdict.BEHIND, false),
              tenant("c", Verdict.BEHIND, false),
              tenant("d", Verdict.BEHIND_COMPATIBLE, true));

      assertThat(text(page))
          .contains(
              "Tenants 5 tenants: ? 1 UNREACHABLE ✖ 2 BEHIND ✔ 1 BEHIND_COMPATIBLE"
                  + " ✔ 1 UP_TO_DATE");
    }

    @Test
    void namesTheWorstFirstInATableForEveryReader() {
      String page =
          page(tenant("b", Verdict.FAILED, false), tenant("a", Verdict.AHEAD_COMPATIBLE, true));

      assertThat(page)
          .contains("<caption>Tenants that are not up to date, the worst first</caption>")
          .contains("<th scope=\"col\">Tenants</th>", "<th scope=\"row\">b</th>");
      assertThat(text(page))
          .contains("No: the application must not run for 1 of 3 tenants")
          .contains("b ✖ FAILED b summary a ✔ AHEAD_COMPATIBLE a summary")
          .contains("At a glance of b, the worst tenant");
    }

    @Test
    void showsNoMoreThanTwentyAndSaysHowManyThereAre() {
      TenantStatus[] many =
          IntStream.range(0, 23)
              .mapToObj(i -> tenant("tenant" + i, Verdict.BEHIND, false))
              .toArray(TenantStatus[]::new);

      assertThat(text(page(many)))
          .contains(
              "tenant19 ✖ BEHIND", "… and 3 other results; the command line names all tenants")
          .doesNotContain("tenant20");
    }

    @Test
    void groupsThoseOfOneVerdictAndSummary() {
      MigrationStatus behind =
          StatusExample.of(Verdict.BEHIND).problem(problem("a problem")).status();
      TenantStatus[] alike =
          IntStream.range(0, 23)
              .mapToObj(i -> new TenantStatus("tenant" + i, behind))
              .toArray(TenantStatus[]::new);

      assertThat(text(page(alike)))
          .contains("tenant0, tenant1, ", "tenant19 and 3 more ✖ BEHIND × 23")
          .doesNotContain("tenant20");
    }

    @Test
    void allUpToDateIsACountAndNoTable() {
      String page = page();

      assertThat(text(page))
          .contains("Yes: the application may run for its only tenant")
          .contains("Tenants 1 tenant: ✔ 1 UP_TO_DATE At a glance Verdict")
          .doesNotContain("the worst tenant");
      assertThat(page).doesNotContain("<caption>Tenants");
    }

    @Test
    void thatNobodyCouldListAreNotNone() {
      TenantsStatus nobody = new TenantsStatus(0, 0, Map.of(), List.of());
      MigrationStatus status =
          nobody.over(StatusExample.of(Verdict.UNREACHABLE).error("gone").status(), now, REFRESH);

      assertThat(text(StatusPage.of(GRID, status)))
          .contains("Tenants The tenants could not be listed.");
    }

    @Test
    void withoutDetailsHaveNoColumnForTheirNames() {
      MigrationStatus behind = tenant("secret", Verdict.BEHIND, false).status();
      TenantsStatus one =
          new TenantsStatus(
              2, 1, Map.of(Verdict.BEHIND, 1), List.of(new TenantStatus("secret", behind)));
      String page = StatusPage.of(GRID, one.over(behind, now, REFRESH).redacted());

      assertThat(page).doesNotContain("<th scope=\"col\">Tenant</th>");
      assertThat(text(page))
          .contains("✖ BEHIND", "The names of tenants are shown only with details.")
          .contains("At a glance of the worst tenant");
    }

    @Test
    void areAdvisedTheWorstFirst() {
      MigrationStatus behind =
          StatusExample.of(Verdict.BEHIND).problem(problem("a problem")).status();
      TenantsStatus three =
          new TenantsStatus(
              3,
              3,
              Map.of(Verdict.BEHIND, 3),
              List.of(
                  new TenantStatus("a", behind),
                  new TenantStatus("b", behind),
                  new TenantStatus("c", behind)));

      assertThat(text(StatusPage.of(GRID, three.over(behind, now, REFRESH))))
          .contains(
              "This applies to the worst tenant. 2 more tenants are not compatible: see below.");
    }

    @Test
    void letAnInstanceGoOnForTheOthers() {
      assertThat(text(page(tenant("a", Verdict.BEHIND, false))))
          .contains("Instances that already run can keep running for the other tenants.");
    }
  }

  @Nested
  class Markup {

    private static final String EVIL = "</td><script>alert('x\"y')</script>&amp;";

    @Test
    void inAnyNameIsShownAndNeverObeyed() {
      Column column = new Column(EVIL, EVIL, List.of(EVIL));
      Row row = new Row(EVIL, EVIL, EVIL, EVIL, List.of(new Cell(Verdict.UP_TO_DATE, true)));
      MigrationLock lock = new MigrationLock(EVIL, EVIL, EVIL, null, true);
      Instant now = Instant.EPOCH;
      MigrationStatus status =
          MigrationStatus.builder(Verdict.FAILED)
              .survivable(true)
              .currentRevision(EVIL)
              .expectedHead(EVIL)
              .pendingRevisions(List.of(EVIL))
              .error(EVIL)
              .summary(EVIL)
              .application(EVIL)
              .appVersion(EVIL)
              .matrixRow(EVIL)
              .minCompatibleRevision(EVIL)
              .maxCompatibleRevision(EVIL)
              .aheadRevisions(List.of(EVIL))
              .failedRevisions(List.of(EVIL))
              .database(EVIL)
              .tool(EVIL)
              .migrationLock(lock)
              .problem(problem(EVIL))
              .notes(List.of(EVIL))
              .stale(new Stale(now, EVIL))
              .checked(now, REFRESH)
              .build();
      CompatibilityGrid grid = new CompatibilityGrid(EVIL, List.of(column), List.of(row));

      for (String page :
          List.of(
              StatusPage.of(grid, status),
              StatusPage.of(grid, null),
              StatusPage.of(grid, StatusExample.of(Verdict.UP_TO_DATE).summary(EVIL).status()),
              StatusPage.live(grid, status, REFRESH),
              StatusPage.of(grid, ofTenant(status)),
              UnavailablePage.of(status, true))) {
        assertThat(page)
            .contains("&lt;script&gt;alert(&#39;x&quot;y&#39;)&lt;/script&gt;&amp;amp;")
            .doesNotContain("<script>alert", "x\"y", "alert('");
      }
    }

    private static MigrationStatus ofTenant(MigrationStatus status) {
      return new TenantsStatus(
              1, 1, Map.of(Verdict.FAILED, 1), List.of(new TenantStatus(EVIL, status)))
          .over(status, Instant.EPOCH, REFRESH);
    }
  }

  @Nested
  class Document {

    @Test
    void asAFileHasNoScriptAndItsPolicyAllowsNone() {
      assertThat(StatusPage.of(GRID, of(Verdict.BEHIND)))
          .startsWith("<!doctype html>\n<html lang=\"en\">")
          .contains("http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;")
          .doesNotContain("<script", "script-src", "connect-src", "data-refresh", "aria-live");
    }

    @Test
    void asServedHasTheScriptItsIntervalAndAPoliteNotice() {
      assertThat(StatusPage.live(GRID, of(Verdict.BEHIND), REFRESH))
          .contains("data-refresh=\"5000\"", "<script>", "aria-live=\"polite\"");
    }

    @Test
    void asServedIsTheSameForTheSameAnswer() {
      MigrationStatus status = of(Verdict.BEHIND);

      assertThat(StatusPage.live(GRID, status, REFRESH))
          .isEqualTo(StatusPage.live(GRID, status, REFRESH));
    }

    @Test
    void isNotRefreshedMoreThanOnceASecond() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> StatusPage.live(GRID, of(Verdict.BEHIND), Duration.ofMillis(999)))
          .withMessageContaining("PT0.999S");
    }

    @Test
    void isAdmittedByItsPolicyAndNothingElseIs() throws Exception {
      String page = StatusPage.live(GRID, of(Verdict.BEHIND), REFRESH);

      assertThat(StatusPage.contentSecurityPolicy())
          .isEqualTo(
              "default-src 'none'; style-src '%s'; img-src data:; base-uri 'none'; form-action"
                      .formatted(hash(page, "style"))
                  + " 'none'; script-src '%s'; connect-src 'self'; frame-ancestors 'none'"
                      .formatted(hash(page, "script")));
      String unavailable = UnavailablePage.of(of(Verdict.BEHIND), true);
      assertThat(UnavailablePage.contentSecurityPolicy())
          .contains("style-src '" + hash(unavailable, "style") + "'")
          .contains("script-src '" + hash(unavailable, "script") + "'");
    }

    private static String hash(String page, String element) throws Exception {
      Matcher inline =
          Pattern.compile("(?s)<" + element + ">(.*?)</" + element + ">").matcher(page);
      assertThat(inline.find()).isTrue();
      byte[] bytes = inline.group(1).getBytes(UTF_8);
      assertThat(inline.find()).isFalse();
      return "sha256-"
          + Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Test
    void asksNobodyElseForAnything() {
      String page = StatusPage.live(GRID, statewave("0.6.1", 9), REFRESH);

      assertThat(page.replace("xmlns=&#39;http://www.w3.org/2000/svg&#39;", ""))
          .doesNotContainPattern("//[a-z]|(?i)url\\(|@import|\\ssrc=|style=\"|\\son[a-z]+=\"");
    }
  }
}
