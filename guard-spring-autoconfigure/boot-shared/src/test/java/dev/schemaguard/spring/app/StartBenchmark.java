// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.PerformancePage;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringBootVersion;

/**
 * How much longer an application starts because of the guard. Every round starts each variant once,
 * in a fresh JVM and in an order of its own; the result goes into docs/performance.md.
 */
class StartBenchmark {

  private static final int WARM_UP_ROUNDS = 2;
  private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 21);

  private static final int LONG_HISTORY = 1_000;

  /** The jars that spring-boot-starter-jdbc brings, in 3.5 and in 4, and the driver. */
  private static final Predicate<String> JDBC_APPLICATION =
      jars(
          "spring-boot(-autoconfigure|-jdbc|-persistence|-sql|-transaction)?",
          "spring-boot-starter(-jdbc|-logging)?",
          "spring-(aop|beans|context|core|expression|jcl|jdbc|tx)",
          "micrometer-(commons|observation)",
          "slf4j-api|jul-to-slf4j|log4j-(api|to-slf4j)|logback-(classic|core)|commons-logging",
          "HikariCP|postgresql|snakeyaml|jakarta.annotation-api|jspecify|checker-qual");

  private static final Predicate<String> GUARD =
      jars("guard-core", "guard-spring-autoconfigure").and(jar -> !jar.endsWith("-tests.jar"));

  private enum Variant {
    PLAIN(false, true, Statewave.REVISIONS),
    GUARDED(true, true, Statewave.REVISIONS),
    GUARDED_LONG_HISTORY(true, true, LONG_HISTORY),
    IDLE(false, false, Statewave.REVISIONS),
    GUARDED_IDLE(true, false, Statewave.REVISIONS);

    final boolean guarded;
    final boolean asks;
    final int revisions;

    Variant(boolean guarded, boolean asks, int revisions) {
      this.guarded = guarded;
      this.asks = asks;
      this.revisions = revisions;
    }
  }

  /** How long a start took, and how much time of all processors, both in milliseconds. */
  private record Start(double time, double processorTime) {}

  @TempDir private Path folder;

  @Test
  void measuresWhatTheGuardAddsToTheStart() throws Exception {
    Map<Variant, List<String>> commands = commands();
    for (int round = 0; round < WARM_UP_ROUNDS; round++) {
      startAll(commands);
    }
    List<Map<Variant, Start>> rounds = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      rounds.add(startAll(commands));
    }

    List<String> report = report(rounds);
    System.out.println(String.join("\n", report));
    String line = SpringBootVersion.getVersion().replaceAll("\\.\\d+$", "");
    PerformancePage.write("Spring Boot " + line, report);
  }

  private Map<Variant, List<String>> commands() throws Exception {
    TestDatabase statewave = Postgres.database();
    Statewave.update(statewave.dataSource(), Statewave.REVISIONS);
    TestDatabase longHistory = Postgres.database();
    Statewave.update(longHistory.dataSource(), Statewave.REVISIONS);
    longHistory.execute(
        """
        INSERT INTO databasechangelog
          (id, author, filename, dateexecuted, orderexecuted, exectype, md5sum, description)
        SELECT n || '_later', 'statewave', 'db/changelog/' || n || '_later.yaml', now(), n,
          'EXECUTED', md5(n::text), 'sql'
        FROM generate_series(%d, %d) n"""
            .formatted(Statewave.REVISIONS + 1, LONG_HISTORY));
    Map<Variant, List<String>> commands = new EnumMap<>(Variant.class);
    for (Variant variant : Variant.values()) {
      boolean isLong = variant.revisions == LONG_HISTORY;
      commands.put(variant, command(variant, isLong ? longHistory : statewave));
    }
    return commands;
  }

  /** The same arguments for all: to an application without the guard, its setting means nothing. */
  private List<String> command(Variant variant, TestDatabase database) throws IOException {
    List<String> classPath = new ArrayList<>();
    classPath.add(classes(variant).toString());
    String own = System.getProperty("java.class.path");
    Arrays.stream(System.getProperty("surefire.test.class.path", own).split(File.pathSeparator))
        .filter(variant.guarded ? JDBC_APPLICATION.or(GUARD) : JDBC_APPLICATION)
        .forEach(classPath::add);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(String.join(File.pathSeparator, classPath));
    command.add(JdbcApplication.class.getName());
    command.add("--spring.datasource.url=" + database.url());
    command.add("--spring.datasource.username=" + database.user());
    command.add("--spring.datasource.password=" + database.password());
    command.add("--schema-guard.mode=strict");
    command.add("--asks=" + variant.asks);
    return command;
  }

  /** A folder with the application's class; where it is guarded, with matrix and chain as well. */
  private Path classes(Variant variant) throws IOException {
    Path classes = folder.resolve(variant.name());
    String name = JdbcApplication.class.getName().replace('.', '/') + ".class";
    Path file = classes.resolve(name);
    Files.createDirectories(file.getParent());
    try (InputStream in = JdbcApplication.class.getResourceAsStream("/" + name)) {
      Files.copy(Objects.requireNonNull(in), file);
    }
    if (variant.guarded) {
      Path documents = Files.createDirectories(classes.resolve("schema-guard"));
      Files.writeString(
          documents.resolve("compatibility.md"),
          Statewave.resource("statewave/schema-guard/compatibility.md"));
      String later =
          IntStream.rangeClosed(Statewave.REVISIONS + 1, variant.revisions)
              .mapToObj(n -> "db/changelog/%d_later.yaml::%d_later::statewave\n".formatted(n, n))
              .collect(Collectors.joining());
      Files.writeString(
          documents.resolve("revisions.txt"),
          Statewave.resource("statewave/schema-guard/revisions.txt") + later);
    }
    return classes;
  }

  /** Starts every variant once, in an order by chance. */
  private static Map<Variant, Start> startAll(Map<Variant, List<String>> commands)
      throws Exception {
    List<Variant> order = new ArrayList<>(List.of(Variant.values()));
    Collections.shuffle(order);
    Map<Variant, Start> starts = new EnumMap<>(Variant.class);
    for (Variant variant : order) {
      starts.put(variant, start(variant, commands.get(variant)));
    }
    return starts;
  }

  private static Start start(Variant variant, List<String> command) throws Exception {
    long begin = System.nanoTime();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    long end = 0;
    double processorTime = 0;
    StringBuilder output = new StringBuilder();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals(JdbcApplication.STARTED)) {
          end = System.nanoTime();
        } else if (line.startsWith(JdbcApplication.PROCESSOR_MILLIS)) {
          processorTime = Long.parseLong(line.substring(JdbcApplication.PROCESSOR_MILLIS.length()));
        }
        output.append(line).append('\n');
      }
    }
    assertThat(process.waitFor()).as(output.toString()).isZero();
    assertThat(end).as(output.toString()).isNotZero();
    assertThat(output.toString().contains("Schema is up to date"))
        .as(output.toString())
        .isEqualTo(variant.guarded);
    return new Start((end - begin) / 1e6, processorTime);
  }

  private static List<String> report(List<Map<Variant, Start>> rounds) {
    List<String> report = new ArrayList<>();
    report.add(
        "%s: %d cores, %s %s, Java %s, Spring Boot %s, PostgreSQL on the same machine, %d rounds."
            .formatted(
                LocalDate.now(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                System.getProperty("java.version"),
                SpringBootVersion.getVersion(),
                rounds.size()));
    report.add("");
    report.add("| application | without | with the guard | added | 95 % interval |");
    report.add("|---|--:|--:|--:|--:|");
    report.addAll(rows("time until started", rounds, Start::time));
    report.addAll(rows("processor time", rounds, Start::processorTime));
    return report;
  }

  private static List<String> rows(
      String what, List<Map<Variant, Start>> rounds, ToDoubleFunction<Start> figure) {
    return List.of(
        row(
            "opens a connection, 12 revisions: " + what,
            new Comparison(rounds, figure, Variant.PLAIN, Variant.GUARDED)),
        row(
            "opens a connection, 1,000 revisions: " + what,
            new Comparison(rounds, figure, Variant.PLAIN, Variant.GUARDED_LONG_HISTORY)),
        row(
            "opens none by itself, 12 revisions: " + what,
            new Comparison(rounds, figure, Variant.IDLE, Variant.GUARDED_IDLE)));
  }

  private static String row(String name, Comparison comparison) {
    double[] percents = comparison.resampledPercents();
    double[] without = comparison.sorted(comparison.without());
    double[] with = comparison.sorted(comparison.with());
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %.0f ms, **%.1f %%** | %.1f to %.1f %% |",
        name,
        quartiles(without),
        quartiles(with),
        quantile(with, 0.5) - quantile(without, 0.5),
        comparison.addedPercent(),
        quantile(percents, 0.025),
        quantile(percents, 0.975));
  }

  private static String quartiles(double[] millis) {
    return String.format(
        Locale.ROOT,
        "%.0f ms (%.0f–%.0f)",
        quantile(millis, 0.5),
        quantile(millis, 0.25),
        quantile(millis, 0.75));
  }

  /** What the guard adds to one figure of the starts: a ratio of medians. */
  private record Comparison(
      List<Map<Variant, Start>> rounds,
      ToDoubleFunction<Start> figure,
      Variant without,
      Variant with) {

    double addedPercent() {
      return 100 * (quantile(sorted(with), 0.5) / quantile(sorted(without), 0.5) - 1);
    }

    /** Bootstrap: what the same computation says of rounds drawn at random from those measured. */
    double[] resampledPercents() {
      Random random = new Random(1);
      return IntStream.range(0, 10_000)
          .mapToObj(n -> random.ints(rounds.size(), 0, rounds.size()).mapToObj(rounds::get))
          .map(drawn -> new Comparison(drawn.toList(), figure, without, with))
          .mapToDouble(Comparison::addedPercent)
          .sorted()
          .toArray();
    }

    double[] sorted(Variant variant) {
      return rounds.stream()
          .map(round -> round.get(variant))
          .mapToDouble(figure)
          .sorted()
          .toArray();
    }
  }

  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /** Entries of a class path by the names of their jars, without version. */
  private static Predicate<String> jars(String... names) {
    Predicate<String> jar =
        Pattern.compile("(%s)-\\d.*\\.jar".formatted(String.join("|", names))).asMatchPredicate();
    return entry -> jar.test(Path.of(entry).getFileName().toString());
  }
}
