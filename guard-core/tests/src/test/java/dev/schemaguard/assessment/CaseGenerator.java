// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.assessment.DrawnCase.Comment;
import dev.schemaguard.assessment.DrawnCase.Dbms;
import dev.schemaguard.assessment.DrawnCase.Floor;
import dev.schemaguard.assessment.DrawnCase.Line;
import dev.schemaguard.assessment.DrawnCase.Row;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.matrix.UnknownAhead;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Draws cases: each seed gives one, always the same. */
final class CaseGenerator {

  private static final List<Dbms> DATABASES =
      List.of(
          new Dbms("oracle", false),
          new Dbms("!postgresql", false),
          new Dbms("none", false),
          new Dbms("h2,PostgreSQL", true),
          new Dbms("!oracle", true),
          new Dbms("all", true));
  private static final Dbms EVERY_DATABASE = new Dbms("", true);
  private static final Comment NOTHING = new Comment(null, null);
  private static final List<Comment> COMMENTS =
      List.of(
          new Comment("", null),
          new Comment("drops a column; requires-application 9", null),
          new Comment("requires-app 0.9", Floor.BELOW),
          new Comment(" Requires-App >= v0.9.7, drops x", Floor.BELOW),
          new Comment("requires-app 1.0", Floor.EQUAL),
          new Comment("requires-app>=1.0.0)", Floor.EQUAL),
          new Comment("requires-app 1.1", Floor.ABOVE),
          new Comment("REQUIRES-APP >=1.0.1. And so on", Floor.ABOVE),
          new Comment("requires-app x", Floor.MALFORMED),
          new Comment("requires-app 0.9..", Floor.MALFORMED),
          new Comment("see requires-app 0.9", Floor.MALFORMED),
          new Comment("requires-app", Floor.MALFORMED));

  private final Random random;
  private final int size;
  private final List<Line> lines = new ArrayList<>();

  private CaseGenerator(long seed) {
    random = new Random(seed);
    size = 1 + random.nextInt(8);
  }

  /** A case whose chain requires something; one that does not is a configuration error. */
  static DrawnCase draw(long seed) {
    DrawnCase drawn = new CaseGenerator(seed).draw();
    for (long again = seed; !DesignOracle.isUsable(drawn); ) {
      again += 1_000_003;
      drawn = new CaseGenerator(again).draw();
    }
    return drawn;
  }

  private DrawnCase draw() {
    boolean twins = chance(10);
    for (int i = 0; i < size; i++) {
      lines.add(line(i, twins));
    }
    List<Set<Integer>> upTo =
        IntStream.range(0, size).mapToObj(i -> DesignOracle.upTo(lines, i)).toList();
    boolean current = chance(3);
    Integer expected = current && chance(2) ? null : Integer.valueOf(random.nextInt(size));
    Set<Integer> within =
        expected == null ? Set.copyOf(range(size)) : Set.copyOf(upTo.get(expected));
    Integer min =
        oneOrNone(within.stream().sorted().filter(i -> !lines.get(i).optional()).toList());
    boolean any = chance(4);
    Integer max =
        any || chance(2)
            ? null
            : oneOrNone(range(size).stream().filter(i -> upTo.get(i).containsAll(within)).toList());
    boolean paths = chance(6);
    List<Row> rows = rows(paths);
    return new DrawnCase(
        List.copyOf(lines),
        current ? "current" : chance(25) ? "0.5" : oneOf(List.of("*", "*", "1.0", "1.x")),
        expected,
        min,
        max,
        any,
        chance(4) ? UnknownAhead.ALLOWED : UnknownAhead.REFUSED,
        oneOf(List.of("1.0", "1.0", "v1.0.0", "1.0+7", "1.0-3-gabc", "1.0-SNAPSHOT", "main")),
        chance(3) ? accepted(rows) : Set.of(),
        paths,
        rows);
  }

  private Line line(int i, boolean twins) {
    String id = twins && chance(2) ? "twin" : "r" + i;
    boolean whole = twins || chance(3);
    String was = whole ? "db/w" + i + ".xml::w" + i + "::dev" : "w" + i;
    return new Line(
        whole ? "db/r" + i + ".xml::" + id + "::dev" : id,
        chance(8) ? was : null,
        chance(8),
        chance(10),
        chance(6) ? oneOf(DATABASES) : EVERY_DATABASE,
        i + 1 < size && chance(5) ? (Integer) (i + 1 + random.nextInt(size - i - 1)) : null,
        chance(6) ? range(i).stream().filter(parent -> chance(2)).toList() : null);
  }

  private List<Row> rows(boolean paths) {
    List<Row> rows = new ArrayList<>();
    int applied = random.nextInt(size + 1);
    for (int i = 0; i < size; i++) {
      if (random.nextInt(10) < (i < applied ? 9 : 1)) {
        rows.add(row(i));
      }
    }
    for (int i = random.nextInt(6) - 3; i > 0; i--) {
      String unknown = "x" + random.nextInt(3);
      rows.add(random.nextInt(rows.size() + 1), row("db/" + unknown + ".xml", unknown));
    }
    if (!rows.isEmpty() && chance(5)) {
      Row again = oneOf(rows);
      rows.add(random.nextInt(rows.size() + 1), row(again.path(), again.id()));
    }
    for (int i = paths ? random.nextInt(3) : 0; i > 0; i--) {
      rows.add(random.nextInt(rows.size() + 1), row("other/y.xml", "y" + i));
    }
    return List.copyOf(rows);
  }

  private Row row(int i) {
    Line line = lines.get(i);
    boolean former = line.was() != null && chance(2);
    String id = former ? "w" + i : line.name().replaceFirst(".*?::(.*)::.*", "$1");
    return row("db/" + (former ? "w" : "r") + i + ".xml", id);
  }

  private Row row(String path, String id) {
    int outcome = random.nextInt(40);
    return new Row(
        path,
        id,
        outcome == 0 ? Outcome.FAILED : outcome == 1 ? Outcome.SKIPPED : Outcome.APPLIED,
        chance(3) ? oneOf(COMMENTS) : NOTHING);
  }

  private Set<String> accepted(List<Row> rows) {
    Set<String> accepted = new HashSet<>(Set.of("x" + random.nextInt(3), "nobody"));
    rows.stream().filter(row -> chance(3)).map(Row::name).forEach(accepted::add);
    rows.stream().filter(row -> chance(3)).map(Row::id).forEach(accepted::add);
    return Set.copyOf(accepted);
  }

  private @Nullable Integer oneOrNone(List<Integer> positions) {
    return positions.isEmpty() || chance(4) ? null : oneOf(positions);
  }

  private static List<Integer> range(int end) {
    return IntStream.range(0, end).boxed().toList();
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
