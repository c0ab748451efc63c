// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.rolling;

import dev.schemaguard.assessment.Assessor;
import dev.schemaguard.assessment.UpgradeStates;
import dev.schemaguard.build.SourceRevision;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.preflight.Preflight.Connected;
import dev.schemaguard.preflight.Preflight.Decision;
import dev.schemaguard.preflight.RunningVersion;
import dev.schemaguard.preflight.UpgradeTolerance;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Draws the decision and the plan from the judged states of an upgrade. Used once. */
final class PlanDraft {

  private final UpgradeSide from;
  private final UpgradeSide to;
  private final HistoryPlace place;
  private final UpgradeStates states;
  private final EvidenceJudge judge;
  private final Assessor next;
  private final @Nullable Connected connected;
  private final Map<String, String> waits;
  private final Map<String, SourceRevision> sources;
  private final List<String> shown;
  private final List<String> notes = new ArrayList<>();
  private int safe;
  private String reason = "";
  private boolean blockedByCondition;

  PlanDraft(
      UpgradeSide from,
      UpgradeSide to,
      HistoryPlace place,
      UpgradeStates states,
      EvidenceJudge judge,
      Assessor next,
      @Nullable Connected connected,
      Map<String, String> waits,
      Map<String, SourceRevision> sources) {
    this.from = from;
    this.to = to;
    this.place = place;
    this.states = states;
    this.judge = judge;
    this.next = next;
    this.connected = connected;
    this.waits = waits;
    this.sources = sources;
    this.shown = states.path().stream().map(states::shown).toList();
  }

  UpgradePlan plan() {
    List<RevisionEvidence> evidence = new ArrayList<>();
    for (int i = 1; i <= shown.size(); i++) {
      evidence.add(judge.evidence(i));
    }
    int survived = survived(evidence);
    safe = survived;
    limitByConnected();
    limitByConditions();
    Decision decision = decision();
    MigrateCommands commands = new MigrateCommands(place, sources);
    if (safe > 0 && safe < shown.size() && decision == Decision.STAGED) {
      notes.addAll(commands.notes(states.path().subList(0, safe)));
    }
    if (sources.isEmpty() && !shown.isEmpty()) {
      notes.add(
          "the migrations of "
              + to.name()
              + " were not read, so only what its chain shows of them counts");
    }
    String current = next.assess(states.after(0)).comparison().current();
    return new UpgradePlan(
        from.name(),
        to.name(),
        decision,
        reason,
        place.tool(),
        current,
        safe == 0 ? null : shown.get(safe - 1),
        safe == shown.size() ? null : shown.get(safe),
        cannotRestart(survived),
        evidence,
        new PlanSteps(from, to, states, commands, shown, safe, blockedByCondition, waits)
            .of(decision),
        notes);
  }

  /** Returns the number of revisions up to which the old version survives every state. */
  private int survived(List<RevisionEvidence> evidence) {
    if (!judge.assess(0).isCompatible()) {
      reason =
          from.name()
              + " cannot restart on this database as it is: "
              + judge.assess(0).verdict().toString().toLowerCase(Locale.ROOT);
      return 0;
    }
    for (int i = 1; i <= shown.size(); i++) {
      RevisionEvidence last = evidence.get(i - 1);
      if (!last.survives() || !judge.assess(i).isCompatible()) {
        reason =
            from.name()
                + (last.kind() == RevisionEvidence.Kind.NONE
                    ? " is not known to survive "
                    : " does not survive ")
                + last.revision()
                + ": "
                + last.why();
        return i - 1;
      }
    }
    return shown.size();
  }

  private void limitByConnected() {
    if (connected == null || shown.isEmpty()) {
      return;
    }
    notes.addAll(connected.notSeen().stream().map(what -> "not seen: " + what).toList());
    List<RunningVersion> versions = connected.versions();
    if (connected.decision() == null) {
      limit(0, String.valueOf(connected.obstacle()));
      return;
    }
    for (RunningVersion version : versions == null ? List.<RunningVersion>of() : versions) {
      UpgradeTolerance tolerance = version.tolerance();
      if (version.version().equals(from.version()) || version.version().equals(to.version())) {
        continue;
      }
      for (int i = 0; tolerance != null && i < shown.size(); i++) {
        if (tolerance.blocked().contains(shown.get(i))) {
          String why = tolerance.reason() == null ? "" : tolerance.reason().text();
          limit(
              i,
              shown.get(i)
                  + " must wait until "
                  + version.version()
                  + ", which is connected, is gone, because "
                  + why);
          break;
        }
      }
    }
  }

  private void limitByConditions() {
    for (int i = 0; i < shown.size(); i++) {
      String text = waits.get(shown.get(i));
      if (text != null) {
        blockedByCondition = i < safe;
        limit(i, shown.get(i) + " must wait: " + text);
        return;
      }
    }
  }

  private void limit(int count, String why) {
    if (count < safe) {
      safe = count;
      reason = why;
    } else if (!why.equals(reason)) {
      notes.add(why);
    }
  }

  private Decision decision() {
    if (safe == shown.size()) {
      reason =
          shown.isEmpty()
              ? "nothing is pending for " + to.name()
              : from.name() + " survives every revision up to the head of " + to.name();
      return Decision.ROLLING;
    }
    if (next.assess(states.after(safe)).isCompatible() || blockedByCondition) {
      return Decision.STAGED;
    }
    reason +=
        "; and "
            + to.name()
            + " cannot start before "
            + String.join(", ", next.assess(states.after(safe)).comparison().missing());
    return Decision.RECREATE;
  }

  private List<String> cannotRestart(int survived) {
    Set<String> versions = new LinkedHashSet<>();
    if (survived < shown.size()) {
      versions.add(from.version() == null ? from.name() : from.version());
    }
    if (!shown.isEmpty()) {
      versions.addAll(next.assess(states.after(0)).rowsThatCannotRestart());
    }
    return List.copyOf(versions);
  }
}
