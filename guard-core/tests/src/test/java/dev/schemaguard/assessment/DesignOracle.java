// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.assessment.DrawnCase.Floor;
import dev.schemaguard.assessment.DrawnCase.Line;
import dev.schemaguard.assessment.DrawnCase.Row;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.matrix.UnknownAhead;
import dev.schemaguard.status.Verdict;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The design's section on the verdict, written a second time: with plain sets, without speed, and
 * without a look at how the guard does it. For Liquibase and a chain.
 */
final class DesignOracle {

  /** What the design says of a case; names as they are shown. */
  record Answer(
      Verdict verdict,
      boolean compatible,
      Set<String> pending,
      Set<String> ahead,
      Set<String> failed) {}

  /** How an ahead revision is judged; doubtful: unknown by its marker. */
  private enum Judgement {
    REFUSED,
    ALLOWED,
    UNKNOWN,
    DOUBTFUL
  }

  private final DrawnCase drawn;
  private final List<Line> lines;
  private final Set<Integer> expected;

  /** What each revision's last row says; a revision is a position in the chain, else a name. */
  private final Map<Object, Row> latest = new LinkedHashMap<>();

  private final Set<Object> failing = new HashSet<>();

  private DesignOracle(DrawnCase drawn) {
    this.drawn = drawn;
    this.lines = drawn.lines();
    this.expected = upTo(lines, drawn.expected());
    for (Row row : drawn.rows()) {
      if (!drawn.paths() || row.path().startsWith("db/")) {
        Object revision = revision(row);
        latest.put(revision, row);
        if (row.outcome() == Outcome.FAILED) {
          failing.add(revision);
        } else if (row.outcome() == Outcome.APPLIED) {
          failing.remove(revision);
        }
      }
    }
  }

  /** Whether an empty database would lack anything that is expected, or no row is looked at. */
  static boolean isUsable(DrawnCase drawn) {
    Answer onEmpty =
        answer(
            new DrawnCase(
                drawn.lines(),
                drawn.label(),
                drawn.expected(),
                drawn.min(),
                drawn.max(),
                drawn.any(),
                drawn.unknownAhead(),
                drawn.version(),
                Set.of(),
                false,
                List.of()));
    return onEmpty.verdict() == Verdict.UNKNOWN_VERSION || !onEmpty.pending().isEmpty();
  }

  static Answer answer(DrawnCase drawn) {
    return new DesignOracle(drawn).answer();
  }

  /** R plus, where its line names parents, everything up to those, else every line before it. */
  static Set<Integer> upTo(List<Line> lines, @Nullable Integer revision) {
    Set<Integer> result = new HashSet<>();
    if (revision == null) {
      lines.forEach(line -> result.add(result.size()));
      return result;
    }
    List<Integer> parents = lines.get(revision).parents();
    for (int i = 0; i < revision && parents == null; i++) {
      result.add(i);
    }
    for (int parent : parents == null ? List.<Integer>of() : parents) {
      result.addAll(upTo(lines, parent));
    }
    result.add(revision);
    return result;
  }

  private Object revision(Row row) {
    for (int i = 0; i < lines.size(); i++) {
      for (String name : new String[] {lines.get(i).name(), lines.get(i).was()}) {
        if (row.name().equals(name) || row.id().equals(name)) {
          return i;
        }
      }
    }
    return row.name();
  }

  private boolean isApplied(Object revision) {
    return latest.containsKey(revision) && latest.get(revision).outcome() == Outcome.APPLIED;
  }

  /** Applied, or squashed out of lines that all are. */
  private boolean counts(int line) {
    List<Integer> replaced =
        range().stream()
            .filter(i -> Integer.valueOf(line).equals(lines.get(i).replacedBy()))
            .filter(i -> concerns(lines.get(i)))
            .toList();
    return isApplied(line) || (!replaced.isEmpty() && replaced.stream().allMatch(this::counts));
  }

  private List<Integer> range() {
    return List.copyOf(upTo(lines, null));
  }

  private static boolean concerns(Line line) {
    return !line.optional() && !line.retired() && line.dbms().postgres();
  }

  /** Whether the effect of a line is there, be it by a squash that this version does not know. */
  private boolean isThere(int line) {
    Integer squash = lines.get(line).replacedBy();
    return counts(line) || (squash != null && isThere(squash));
  }

  /** The last expected line that this one went into; itself, if there is none. */
  private int replacement(int line) {
    int replacement = line;
    for (Integer at = line; at != null; at = lines.get(at).replacedBy()) {
      replacement = expected.contains(at) ? at : replacement;
    }
    return replacement;
  }

  private boolean isPending(int line) {
    return concerns(lines.get(line)) && replacement(line) == line && !isThere(line);
  }

  /** A replaced line that is required is required by way of what it went into. */
  private boolean isMissing(int line) {
    return concerns(lines.get(line)) && concerns(lines.get(replacement(line))) && !isThere(line);
  }

  private Answer answer() {
    Set<String> pending =
        expected.stream().filter(this::isPending).map(this::shown).collect(Collectors.toSet());
    Set<Integer> required = drawn.min() == null ? expected : upTo(lines, drawn.min());
    boolean missing = required.stream().anyMatch(this::isMissing);
    Map<String, Judgement> ahead = new HashMap<>();
    latest.keySet().stream()
        .filter(this::isAhead)
        .forEach(revision -> ahead.put(shown(revision), judge(revision)));
    Set<String> failed =
        failing.stream()
            .filter(revision -> !isRetired(revision))
            .map(this::shown)
            .collect(Collectors.toSet());
    if (drawn.label().equals("0.5")
        || (drawn.version().equals("main") && drawn.label().startsWith("1"))) {
      return new Answer(Verdict.UNKNOWN_VERSION, false, Set.of(), Set.of(), failed);
    }
    Verdict verdict = verdict(failed, missing, ahead, pending);
    return new Answer(verdict, isCompatible(verdict, ahead), pending, ahead.keySet(), failed);
  }

  private Verdict verdict(
      Set<String> failed, boolean missing, Map<String, Judgement> ahead, Set<String> pending) {
    if (!failed.isEmpty()) {
      return Verdict.FAILED;
    } else if (missing) {
      return latest.isEmpty() ? Verdict.UNINITIALIZED : Verdict.BEHIND;
    } else if (ahead.containsValue(Judgement.REFUSED)) {
      return Verdict.AHEAD_INCOMPATIBLE;
    } else if (ahead.containsValue(Judgement.UNKNOWN) || ahead.containsValue(Judgement.DOUBTFUL)) {
      return Verdict.AHEAD_UNKNOWN;
    } else if (!ahead.isEmpty()) {
      return Verdict.AHEAD_COMPATIBLE;
    }
    return pending.isEmpty() ? Verdict.UP_TO_DATE : Verdict.BEHIND_COMPATIBLE;
  }

  private boolean isCompatible(Verdict verdict, Map<String, Judgement> ahead) {
    boolean tolerated =
        drawn.unknownAhead() == UnknownAhead.ALLOWED && !ahead.containsValue(Judgement.DOUBTFUL);
    return Set.of(Verdict.UP_TO_DATE, Verdict.BEHIND_COMPATIBLE, Verdict.AHEAD_COMPATIBLE)
            .contains(verdict)
        || (verdict == Verdict.AHEAD_UNKNOWN && tolerated);
  }

  private boolean isRetired(Object revision) {
    return revision instanceof Integer line && lines.get(line).retired();
  }

  /** Without effect unless a marker on it speaks against this version, a retired line aside. */
  private boolean isAhead(Object revision) {
    if (!isApplied(revision)) {
      return false;
    }
    return isRetired(revision)
        ? isRefusedByMarker(revision) || isDoubtful(revision)
        : !expected.contains(revision);
  }

  private @Nullable Floor floor(Object revision) {
    return latest.get(revision).comment().floor();
  }

  private boolean isRefusedByMarker(Object revision) {
    return !drawn.version().equals("main")
        && (floor(revision) == Floor.ABOVE
            || (floor(revision) == Floor.EQUAL && drawn.version().equals("1.0-SNAPSHOT")));
  }

  private boolean isDoubtful(Object revision) {
    return floor(revision) == Floor.MALFORMED
        || (floor(revision) != null && drawn.version().equals("main"));
  }

  private Judgement judge(Object revision) {
    boolean withinMax = drawn.max() != null && upTo(lines, drawn.max()).contains(revision);
    boolean beyondMax =
        drawn.max() != null && revision instanceof Integer && !isRetired(revision) && !withinMax;
    if (isRefusedByMarker(revision) || beyondMax) {
      return Judgement.REFUSED;
    }
    Row row = latest.get(revision);
    if (drawn.accepted().contains(shown(revision)) || drawn.accepted().contains(row.name())) {
      return Judgement.ALLOWED;
    }
    if (isDoubtful(revision)) {
      return Judgement.DOUBTFUL;
    }
    return floor(revision) != null || withinMax || drawn.any()
        ? Judgement.ALLOWED
        : Judgement.UNKNOWN;
  }

  /** By the id if all ids of the chain differ, else by the whole name. */
  private String shown(Object revision) {
    List<String> ids = lines.stream().map(line -> id(line.name())).toList();
    boolean whole = Set.copyOf(ids).size() < ids.size();
    if (revision instanceof Integer line) {
      return whole ? lines.get(line).name() : ids.get(line);
    }
    String name = latest.get(revision).name();
    return whole || ids.contains(id(name)) ? name : id(name);
  }

  private static String id(String name) {
    return name.replaceFirst(".*?::(.*)::.*", "$1");
  }
}
