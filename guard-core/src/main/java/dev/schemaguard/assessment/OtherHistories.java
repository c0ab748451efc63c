// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.assessment.Ownership.Owner;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.HistoryResult.Cause;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.history.HistoryResult.Unreadable;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.tool.HistoryCandidate;
import dev.schemaguard.tool.Surroundings;
import dev.schemaguard.tool.Tools;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The histories that a database holds in other places if this application's history is missing.
 * They decide whether the database is certainly new.
 */
final class OtherHistories {

  private static final int MOST_NOTES = 5;

  /** A history that is, or may be, this application's. */
  private record Suspect(HistoryCandidate candidate, Ownership ownership) {
    boolean isOurs() {
      return ownership.owner() == Owner.THIS_APPLICATION;
    }
  }

  private final Assessment fresh;
  private final HistoryResult reading;
  private final Surroundings surroundings;
  private final boolean assumeNew;
  private final List<Suspect> ours = new ArrayList<>();
  private final List<Suspect> undecided = new ArrayList<>();
  private final Set<String> otherSchemas = new LinkedHashSet<>();
  private final List<String> notes = new ArrayList<>();

  OtherHistories(
      Assessment fresh, HistoryResult reading, Surroundings surroundings, boolean assumeNew) {
    this.fresh = fresh;
    this.reading = reading;
    this.surroundings = surroundings;
    this.assumeNew = assumeNew;
  }

  Assessment judge() {
    for (HistoryCandidate candidate : surroundings.candidates()) {
      judge(candidate);
    }
    if (!otherSchemas.isEmpty()) {
      notes.add(
          "there are histories in other schemas, too, which do not count because "
              + schema()
              + " was chosen: "
              + NameList.of(List.copyOf(otherSchemas)));
    }
    if (ours.isEmpty() && undecided.isEmpty()) {
      List<String> shown = notes.subList(0, Math.min(MOST_NOTES, notes.size()));
      return fresh.withNotes(shown);
    }
    return fresh.assessor().assess(unreadable());
  }

  private void judge(HistoryCandidate candidate) {
    if (assumeNew) {
      notes.add(where(candidate) + " is ignored, because the setting assume-new is on");
    } else if (!isHere(candidate) && surroundings.schemaIsNamed()) {
      otherSchemas.add(String.valueOf(candidate.place().schema()));
    } else {
      Assessor assessor = fresh.assessor();
      RevisionChain chain = assessor.matrix().chain().orElse(null);
      Ownership ownership =
          Ownership.of(candidate.place().tool(), candidate.reading(), chain, assessor.paths());
      switch (ownership.owner()) {
        case THIS_APPLICATION -> ours.add(new Suspect(candidate, ownership));
        case UNDECIDED -> undecided.add(new Suspect(candidate, ownership));
        case ANOTHER_APPLICATION -> mention(candidate, ownership);
      }
    }
  }

  private void mention(HistoryCandidate candidate, Ownership ownership) {
    boolean empty = candidate.reading() instanceof History history && history.entries().isEmpty();
    if (!empty) {
      notes.add(where(candidate) + " is another application's history: " + ownership.evidence());
    }
  }

  private Unreadable unreadable() {
    Suspect first = ours.isEmpty() ? undecided.get(0) : ours.get(0);
    int others = ours.size() + undecided.size() - 1;
    String what = first.isOurs() ? " is this application's: " : " may be this application's: ";
    return new Unreadable(
        reading.place(),
        Cause.ELSEWHERE,
        missing()
            + "; "
            + where(first.candidate())
            + what
            + first.ownership().evidence()
            + (others == 0 ? "" : "; " + others + " more may be, too"),
        actions(first));
  }

  private String missing() {
    String table = reading.place().table();
    return reading instanceof History
        ? table + reading.place().inSchema() + " holds nothing of this application"
        : reading.place().container() + " has no " + table;
  }

  private List<String> actions(Suspect first) {
    String fix = fix(first.candidate());
    if (first.isOurs()) {
      return List.of(fix, "If it is only a copy, say that this database is new: " + assumeNew());
    }
    String condition = ", if that is this application's history";
    return isHere(first.candidate())
        ? List.of(fix + condition, "If it is not, say that this database is new: " + assumeNew())
        : List.of(
            "Set `schema` to "
                + schema()
                + (" (--schema " + schema() + ")")
                + ", if this application has not been migrated here yet",
            fix + condition);
  }

  private static String assumeNew() {
    return "set `assume-new` (--assume-new)";
  }

  /** Returns the settings with which the guard finds this history and no other. */
  private String fix(HistoryCandidate candidate) {
    HistoryPlace place = candidate.place();
    List<String> settings = new ArrayList<>();
    List<String> options = new ArrayList<>();
    if (!List.of(reading.place().tool().split(" or ", -1)).contains(place.tool())) {
      add(settings, options, "tool", place.tool());
    }
    if (!isHere(candidate)) {
      add(settings, options, "schema", String.valueOf(place.schema()));
    }
    boolean usual = place.table().equals(candidate.defaultTable());
    if (!usual || surroundings.tableIsNamed()) {
      add(settings, options, "table", place.table());
    }
    return "Set "
        + String.join(" and ", settings)
        + " ("
        + String.join(" ", options)
        + ")"
        + (usual && surroundings.tableIsNamed() ? ", or remove the setting `table`" : "")
        + formerName(place);
  }

  private static void add(
      List<String> settings, List<String> options, String setting, String value) {
    settings.add("`" + setting + "` to " + value);
    options.add("--" + setting + " " + value);
  }

  private static String formerName(HistoryPlace place) {
    return Tools.named(place.tool())
        .flatMap(tool -> tool.noteOnName(place.table()))
        .map(note -> ": " + note)
        .orElse("");
  }

  private boolean isHere(HistoryCandidate candidate) {
    return Objects.equals(candidate.place().schema(), reading.place().schema());
  }

  private @Nullable String schema() {
    return reading.place().schema();
  }

  private static String where(HistoryCandidate candidate) {
    HistoryPlace place = candidate.place();
    return place.table() + " (" + place.tool() + ")" + place.inSchema();
  }
}
