// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuardBuilder;
import dev.schemaguard.Tenants;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.PerformancePage;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.TestDatabase;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * How long a check of many schemas takes, beside as many checks of one; the result goes into
 * docs/performance.md.
 */
class TenantsBenchmark {

  private static final int[] SCHEMAS =
      IntStream.of(1, 10, 100, 500, 2_000)
          .filter(schemas -> schemas <= Integer.getInteger("benchmark.largest", Integer.MAX_VALUE))
          .toArray();

  private static final int[] REVISIONS = {12, 100};
  private static final int PLOTTED = 100;
  private static final long WARM_UP_NANOS = 2_000_000_000L;
  private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 9);

  private static final String PLOT = "performance-tenants.svg";

  private final TestDatabase database = Postgres.database();
  private final Plot plot =
      new Plot("A check of many schemas, of %d revisions each".formatted(PLOTTED), "schemas", "ms");

  @Test
  void measuresTheCostOfTenants() throws Exception {
    List<String> report = new ArrayList<>();
    report.add(
        "%s: %d cores, Java %s, PostgreSQL on the same machine, a pool of 4 connections, %d rounds."
            .formatted(
                LocalDate.now(ZoneOffset.UTC),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"),
                ROUNDS));
    report.addAll(
        List.of("", "![A check of many schemas, by their number](images/" + PLOT + ")", ""));
    report.add(
        "| schemas | "
            + Arrays.stream(SCHEMAS)
                .mapToObj(n -> String.format(Locale.ROOT, "%,d", n))
                .collect(Collectors.joining(" | "))
            + " |");
    report.add("|---|" + "--:|".repeat(SCHEMAS.length));
    for (int revisions : REVISIONS) {
      report.addAll(measure(revisions));
    }
    System.out.println(String.join("\n", report));
    PerformancePage.image(PLOT, plot.svg());
    PerformancePage.write("tenants", report);
  }

  private List<String> measure(int revisions) throws Exception {
    create(revisions);
    CompatibilityMatrix matrix =
        CompatibilityMatrix.ofChain(
            RevisionChain.parse(
                IntStream.rangeClosed(1, revisions)
                    .mapToObj(n -> "changelog.sql::%04d_change::team\n".formatted(n))
                    .collect(Collectors.joining()),
                "revisions.txt"));
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.url());
    config.setUsername(database.user());
    config.setPassword(database.password());
    config.setMaximumPoolSize(4);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      List<String> lines = new ArrayList<>();
      lines.addAll(measure("over a pool", pool, matrix, revisions, ROUNDS));
      lines.addAll(
          measure(
              "each on a new connection",
              database.dataSource(),
              matrix,
              revisions,
              Math.max(1, ROUNDS / 3)));
      List<String> kept = new ArrayList<>();
      for (int schemas : SCHEMAS) {
        kept.add(
            String.format(
                Locale.ROOT, "%,d kB", kept(pool, matrix, pattern(revisions, schemas)) / 1024));
      }
      lines.add("| kept of the status | " + String.join(" | ", kept) + " |");
      return lines;
    }
  }

  private List<String> measure(
      String how, DataSource dataSource, CompatibilityMatrix matrix, int revisions, int rounds) {
    List<String> single = new ArrayList<>();
    List<String> together = new ArrayList<>();
    double[] curveOfSingles = new double[SCHEMAS.length];
    double[] curveOfAll = new double[SCHEMAS.length];
    for (int i = 0; i < SCHEMAS.length; i++) {
      int schemas = SCHEMAS[i];
      double[] one = new double[rounds];
      double[] all = new double[rounds];
      Runnable singles = () -> singles(dataSource, matrix, revisions, schemas);
      Runnable tenants = () -> tenants(dataSource, matrix, pattern(revisions, schemas), schemas);
      warmUp(singles);
      warmUp(tenants);
      for (int round = 0; round < rounds; round++) {
        one[round] = millis(singles);
        all[round] = millis(tenants);
      }
      curveOfSingles[i] = Cells.median(one);
      curveOfAll[i] = Cells.median(all);
      single.add(digits(curveOfSingles[i]) + " ms");
      together.add(
          digits(curveOfAll[i]) + " ms, **" + digits(curveOfSingles[i] / curveOfAll[i]) + " ×**");
    }
    if (revisions == PLOTTED) {
      plot.line(
          "as many checks, " + how.replace("each on a new connection", "new connections"),
          SCHEMAS,
          curveOfSingles);
      plot.line("one check, " + how.replace("each ", ""), SCHEMAS, curveOfAll);
    }
    return List.of(
        "| %d revisions, as many checks of one, %s | %s |"
            .formatted(revisions, how, String.join(" | ", single)),
        "| one check of all, and how many times faster | " + String.join(" | ", together) + " |");
  }

  private static String pattern(int revisions, int schemas) {
    return "s" + revisions + "\\_" + schemas + "\\_%";
  }

  private void create(int revisions) throws Exception {
    database.execute("CREATE SCHEMA original" + revisions);
    String original = "original" + revisions + ".databasechangelog";
    database.execute(
        "CREATE TABLE "
            + original
            + " (id varchar(255) not null, author varchar(255) not null, filename varchar(255) not"
            + " null, dateexecuted timestamp not null, orderexecuted int not null, exectype"
            + " varchar(10) not null, md5sum varchar(35), description varchar(255), comments"
            + " varchar(255), tag varchar(255), liquibase varchar(20), contexts varchar(255),"
            + " labels varchar(255), deployment_id varchar(10))",
        "INSERT INTO %s SELECT lpad(n::text, 4, '0') || '_change', 'team', 'changelog.sql', now(), n, 'EXECUTED' FROM generate_series(1, %d) n"
            .formatted(original, revisions));
    for (int schemas : SCHEMAS) {
      for (int i = 0; i < schemas; i++) {
        String name = schema(revisions, schemas, i);
        database.execute(
            "CREATE SCHEMA " + name,
            "CREATE TABLE %s.databasechangelog AS SELECT * FROM %s".formatted(name, original));
      }
      if (schemas > 1) {
        database.execute(
            "DELETE FROM %s.databasechangelog WHERE orderexecuted = %d"
                .formatted(schema(revisions, schemas, schemas / 2), revisions));
      }
    }
    database.execute("ANALYZE");
  }

  private static String schema(int revisions, int schemas, int number) {
    return "s%d_%d_%04d".formatted(revisions, schemas, number);
  }

  private static SchemaGuardBuilder guard(DataSource pool, CompatibilityMatrix matrix) {
    return SchemaGuard.builder(pool).matrix(matrix).tool(Tool.LIQUIBASE);
  }

  private static void singles(
      DataSource pool, CompatibilityMatrix matrix, int revisions, int schemas) {
    int behind = 0;
    for (int i = 0; i < schemas; i++) {
      HistoryLocation location = new HistoryLocation(schema(revisions, schemas, i), null, null);
      behind += guard(pool, matrix).history(location).build().check().compatible() ? 0 : 1;
    }
    assertThat(behind).isEqualTo(schemas > 1 ? 1 : 0);
  }

  private static MigrationStatus tenants(
      DataSource pool, CompatibilityMatrix matrix, String pattern, int schemas) {
    MigrationStatus status = guard(pool, matrix).tenants(Tenants.schemas(pattern)).build().check();
    assertThat(Objects.requireNonNull(status.tenants()).byVerdict())
        .isEqualTo(
            schemas > 1
                ? Map.of(Verdict.UP_TO_DATE, schemas - 1, Verdict.BEHIND, 1)
                : Map.of(Verdict.UP_TO_DATE, 1));
    return status;
  }

  /** What a guard keeps of its tenants from one check to the next. */
  private static long kept(DataSource pool, CompatibilityMatrix matrix, String pattern) {
    SchemaGuard guard = guard(pool, matrix).tenants(Tenants.schemas(pattern)).build();
    long before = WarmCalls.used();
    MigrationStatus status = guard.check();
    long after = WarmCalls.used();
    assertThat(status.tenants()).isNotNull();
    guard.close();
    return Math.max(0, after - before);
  }

  /** As long for the one as for the other, whatever a round of it takes. */
  private static void warmUp(Runnable work) {
    for (long end = System.nanoTime() + WARM_UP_NANOS; System.nanoTime() < end; ) {
      work.run();
    }
  }

  private static double millis(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e6;
  }

  private static String digits(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%,.0f", value);
  }
}
