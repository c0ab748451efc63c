// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.report.CompatibilityGrid.Cell;
import dev.schemaguard.report.CompatibilityGrid.Column;
import dev.schemaguard.report.CompatibilityGrid.Row;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page of an application with 2,000 revisions and 60 versions. */
class LongGridTest {

  private static final int REVISIONS = 2000;
  private static final int VERSIONS = 60;
  private static final int STEP = 30;
  private static final int RUN = 10;
  private static final Duration REFRESH = Duration.ofSeconds(5);
  private static final CompatibilityMatrix MATRIX = matrix();
  private static final CompatibilityGrid GRID = grid();

  private final TestDatabase database = H2.database();

  /** Version 1.n expects revision 30 n, and is content with 10 less; each path is a long one. */
  private static CompatibilityMatrix matrix() {
    StringBuilder chain = new StringBuilder();
    for (int i = 1; i <= REVISIONS; i++) {
      chain.append("db/changelog/releases/%04d.yaml::%s::a.long.author\n".formatted(i, name(i)));
    }
    StringBuilder rows = new StringBuilder("| App version | Expected | Min |\n|---|---|---|\n");
    for (int i = VERSIONS; i >= 1; i--) {
      rows.append("| 1.%d | %s | %s |\n".formatted(i, name(STEP * i), name(STEP * i - 10)));
    }
    return CompatibilityMatrix.parse(
        rows.toString(), RevisionChain.parse(chain.toString(), "revisions.txt"));
  }

  /** The grid of the matrix in columns of ten revisions; to compute it would take long. */
  private static CompatibilityGrid grid() {
    List<Column> columns = new ArrayList<>();
    for (int i = 1; i <= REVISIONS; i += RUN) {
      List<String> names = IntStream.range(i, i + RUN).mapToObj(LongGridTest::name).toList();
      columns.add(new Column(names.get(0), names.get(RUN - 1), names));
    }
    List<Row> rows = new ArrayList<>();
    for (int i = VERSIONS; i >= 1; i--) {
      int expected = STEP * i;
      List<Cell> cells =
          IntStream.rangeClosed(1, columns.size())
              .mapToObj(column -> cell(column * RUN - expected))
              .toList();
      rows.add(new Row("1." + i, name(expected), name(expected - RUN), null, cells));
    }
    return new CompatibilityGrid(null, columns, rows);
  }

  private static Cell cell(int ahead) {
    Verdict verdict =
        ahead > 0
            ? Verdict.AHEAD_UNKNOWN
            : ahead == 0
                ? Verdict.UP_TO_DATE
                : ahead >= -RUN ? Verdict.BEHIND_COMPATIBLE : Verdict.BEHIND;
    return new Cell(verdict, ahead <= 0 && ahead >= -RUN);
  }

  private static String label(int last) {
    return name(last - RUN + 1) + " …<br>" + name(last);
  }

  private static String name(int revision) {
    return "%04d_adds_a_column_to_a_table".formatted(revision);
  }

  @BeforeEach
  void migrate() throws SQLException {
    database.execute(
        "CREATE TABLE DATABASECHANGELOG (ID VARCHAR(255), AUTHOR VARCHAR(255), FILENAME"
            + " VARCHAR(255), DATEEXECUTED TIMESTAMP, ORDEREXECUTED INT, EXECTYPE VARCHAR(10))");
  }

  private MigrationStatus status(String version, int applied) throws SQLException {
    database.execute(
        "INSERT INTO DATABASECHANGELOG SELECT LPAD(X, 4, '0') || '_adds_a_column_to_a_table',"
            + " 'a.long.author', 'db/changelog/releases/' || LPAD(X, 4, '0') || '.yaml',"
            + " CURRENT_TIMESTAMP, X, 'EXECUTED' FROM SYSTEM_RANGE(1, %d)".formatted(applied));
    return SchemaGuard.builder(database.dataSource())
        .matrix(MATRIX)
        .applicationVersion(version)
        .environment(name -> null)
        .build()
        .check();
  }

  private static String page(MigrationStatus status) {
    return StatusPage.live(GRID, status, REFRESH, null, "?grid=all");
  }

  private static int bytes(String page) {
    return page.getBytes(UTF_8).length;
  }

  @Test
  void isSmallWhileTheWholeGridIsNot() throws SQLException {
    MigrationStatus status = status("1.60", 300);

    assertThat(bytes(page(status))).isLessThan(120_000);
    assertThat(bytes(StatusPage.live(GRID, status, REFRESH))).isGreaterThan(500_000);
  }

  @Test
  void showsTheDatabaseTheBoundsOfThisVersionAndTheNewestRevision() throws SQLException {
    String page = page(status("1.50", 900));

    assertThat(page.substring(page.indexOf("<thead>"), page.indexOf("</thead>")))
        .containsSubsequence(label(2000), label(1500), label(1490), label(900))
        .contains("<th scope=\"col\" class=\"here\"><span>" + label(900));
    assertThat(page).contains("this application: </span>1.50<");
  }

  @Test
  void saysHowMuchItLeavesOutAndLinksToAllOfIt() throws SQLException {
    String page = page(status("1.50", 900));
    int shown = (int) matches(page, "<th scope=\"col\"(?! class=\"(?:corner|gap))");

    assertThat(shown).isBetween(20, 35);
    assertThat(page)
        .containsPattern("<th scope=\"col\" class=\"gap\"><span>… \\d+ revisions</span>")
        .containsPattern("<tr class=\"gap\"><th scope=\"row\">… \\d+ versions</th>")
        .contains(
            "<a href=\"?grid=all\" id=\"grid-all\">Show all "
                + GRID.columns().size()
                + " columns and 60 versions</a>");
  }

  @Test
  void showsASignInAGapWhereAllThatIsLeftOutHasIt() throws SQLException {
    String page = page(status("1.60", 30));
    String own = page.substring(page.indexOf("<tr class=\"own\">"));

    assertThat(own.substring(0, own.indexOf("</tr>")))
        .contains("<td class=\"stop gap\"><span aria-hidden=\"true\">–</span>");
  }

  @Test
  void countsEveryRevisionOnce() throws SQLException {
    String page = page(status("1.50", 900));
    String header = page.substring(page.indexOf("<thead>"), page.indexOf("</thead>"));
    int left =
        Pattern.compile("… (\\d+) revisions")
            .matcher(header)
            .results()
            .mapToInt(found -> Integer.parseInt(found.group(1)))
            .sum();
    int shown =
        GRID.columns().stream()
            .filter(column -> header.contains("<span>" + column.label().replace("… ", "…<br>")))
            .mapToInt(column -> column.revisions().size())
            .sum();

    assertThat(left + shown).isEqualTo(REVISIONS);
  }

  @Test
  void hasNoLinkWhereAllIsShown() throws SQLException {
    MigrationStatus status = status("1.50", 900);

    assertThat(StatusPage.live(GRID, status, REFRESH)).doesNotContain("grid-all", "class=\"gap");
    assertThat(StatusPage.of(GRID, status)).doesNotContain("grid-all", "class=\"gap");
  }

  @Test
  void showsTheFirstRowsAndTheNewestRevisionsToAnUnknownVersion() throws SQLException {
    String page = page(status("7.0", 900));

    assertThat(page).contains("<th scope=\"row\">1.60</th>").contains("class=\"here\"");
    assertThat(bytes(page)).isLessThan(120_000);
  }

  private static long matches(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().map(MatchResult::group).count();
  }
}
