// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.assessment.AheadRevision.Cause;
import dev.schemaguard.assessment.AheadRevision.Judgement;
import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryReading;
import dev.schemaguard.history.HistoryReading.Absent;
import dev.schemaguard.history.HistoryReading.Unreadable;
import dev.schemaguard.matrix.AppVersion;
import dev.schemaguard.matrix.MatrixRow;
import dev.schemaguard.status.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts an incompatible assessment into words: what was found, why it matters, what to do. */
final class ProblemWriter {

  private static final int NAMES = 5;

  private final Assessment assessment;
  private final Findings findings;
  private final Circumstances circumstances;

  ProblemWriter(Assessment assessment, Circumstances circumstances) {
    this.assessment = assessment;
    this.findings = assessment.findings();
    this.circumstances = circumstances;
  }

  Problem problem() {
    return switch (assessment.verdict()) {
      case UNREACHABLE -> unreachable(Objects.requireNonNull(assessment.obstacle()));
      case UNREADABLE -> unreadable((Unreadable) Objects.requireNonNull(assessment.reading()));
      case UNKNOWN_VERSION -> unknownVersion();
      case FAILED -> failed();
      case UNINITIALIZED -> uninitialized();
      case BEHIND -> findings.gap().isEmpty() ? behind() : gap();
      case AHEAD_INCOMPATIBLE -> aheadIncompatible();
      case AHEAD_UNKNOWN -> aheadUnknown();
      case AHEAD_COMPATIBLE, BEHIND_COMPATIBLE, UP_TO_DATE ->
          throw new IllegalStateException(assessment.verdict() + " is no problem");
    };
  }

  private Problem unreachable(Obstacle obstacle) {
    return switch (obstacle.kind()) {
      case NO_CONNECTION ->
          problem(
              "GUARD-UNREACHABLE",
              "The database cannot be reached",
              obstacle.message(),
              "Check that the database runs and that host, port and name in the URL are right; from"
                  + " this machine, not from yours.",
              "Wait for it: wait-timeout, or the command wait, goes on until it answers.");
      case LOGIN ->
          problem(
              "GUARD-UNREACHABLE-LOGIN",
              "The database refuses the login",
              obstacle.message(),
              "Check user and password, and the database's rules for logins from this host.");
      case TIMEOUT, INTERRUPTED ->
          problem(
              "GUARD-UNREACHABLE-TIMEOUT",
              "The database gave no answer in time",
              obstacle.message(),
              "Look for a migration that holds the history table locked, an exhausted pool, or a"
                  + " network that swallows packets.",
              "Raise the timeout if this database is that slow.");
    };
  }

  private Problem unreadable(Unreadable reading) {
    return problem(
        "GUARD-UNREADABLE-" + reading.cause().name(),
        switch (reading.cause()) {
          case PERMISSION -> "The role may not read the history";
          case SCHEMA -> "There is no such schema";
          case ELSEWHERE -> "The history is in another schema";
          case COLUMN -> "The history table lacks a column";
          case SHAPE -> "The history table holds what no migration tool writes";
          case QUERY -> "The history cannot be read";
        },
        reading.why(),
        reading.actions().toArray(String[]::new));
  }

  private Problem unknownVersion() {
    String version = assessment.assessor().question().version();
    String rows =
        assessment.assessor().matrix().rows().stream()
            .map(MatrixRow::label)
            .limit(20)
            .collect(Collectors.joining(", "));
    String origin = assessment.assessor().matrix().origin();
    return version == null
        ? problem(
            "GUARD-UNKNOWN-VERSION",
            "The application's version is not known",
            "no application version was given, and "
                + origin
                + " has no row current; it has "
                + rows,
            "Give the version: the setting application-version, or --app-version.",
            "Add the row | current | head | | to " + origin + ".")
        : problem(
            "GUARD-UNKNOWN-VERSION",
            "The matrix has no row for this version",
            origin + " has no row for " + version + "; it has " + rows,
            "Add a row for " + version + " to " + origin + ".",
            "Correct the application version if " + version + " is not what runs here.");
  }

  private Problem failed() {
    return problem(
        "GUARD-FAILED",
        "A migration failed and was not repaired",
        names(findings.failed()) + " " + isAre(findings.failed()) + " recorded as failed",
        "Look at what it left half done, repair that, then delete its row from "
            + table()
            + " so that "
            + toolName()
            + " runs it again.",
        "Restore the database to a state before it.");
  }

  private Problem uninitialized() {
    boolean absent = assessment.reading() instanceof Absent;
    List<String> actions = new ArrayList<>();
    if (circumstances.migratedByApplication()) {
      actions.add(
          "The migrator of this application ran and recorded nothing here: compare its changelog,"
              + " schema and table names with the guard's.");
    } else {
      actions.add("Run this release's migrations on this database, then start again.");
    }
    actions.add(
        "If it should be migrated already, this is another database or schema: check both.");
    return problem(
        absent ? "GUARD-UNINITIALIZED" : "GUARD-UNINITIALIZED-EMPTY",
        absent
            ? "The database was never migrated"
            : "The history holds nothing of this application",
        absent
            ? "there is no " + table() + " in this schema"
            : table() + " holds no " + circumstances.noun() + " of this application",
        actions.toArray(String[]::new));
  }

  private Problem behind() {
    return problem(
        "GUARD-BEHIND",
        "The database is behind this version",
        names(findings.missing()) + " " + isAre(findings.missing()) + " required and not applied",
        migrateActions());
  }

  private Problem gap() {
    return problem(
        "GUARD-BEHIND-GAP",
        "The database lacks migrations in the middle",
        names(findings.missing())
            + " "
            + isAre(findings.missing())
            + " required and not applied, although "
            + findings.current()
            + " is",
        migrateActions());
  }

  private String[] migrateActions() {
    List<String> actions = new ArrayList<>();
    Optional<String> moved =
        findings.notes().stream().filter(note -> note.contains("same id and author")).findFirst();
    moved.ifPresent(actions::add);
    if (circumstances.migratedByApplication()) {
      actions.add(
          "The migrator of this application ran and skipped this: compare its contexts, labels and"
              + " changelog with those that the chain was generated from.");
    } else {
      actions.add("Run this release's migrations on this database, then start again.");
      actions.add(
          "If a migration job ran, read its log: "
              + toolName()
              + " records no failed "
              + circumstances.noun()
              + ".");
    }
    return actions.toArray(String[]::new);
  }

  private Problem aheadIncompatible() {
    List<AheadRevision> refused = ahead(Judgement.REFUSED);
    AheadRevision first = refused.get(0);
    Optional<AppVersion> floor =
        refused.stream()
            .filter(revision -> revision.cause() == Cause.MARKER_REFUSES)
            .flatMap(revision -> revision.floor().stream())
            .max(Comparator.naturalOrder());
    return problem(
        "GUARD-AHEAD-INCOMPATIBLE",
        "The database is ahead and refuses this version",
        first.cause() == Cause.MARKER_REFUSES
            ? first.name() + " says requires-app >= " + first.floor().orElseThrow()
            : first.name()
                + " lies beyond "
                + findings.max()
                + ", the newest revision that "
                + version()
                + " is known to run on",
        floor
            .map(version -> "deploy " + version + " or later; change nothing in the database")
            .orElse(
                "deploy a version whose row admits "
                    + first.name()
                    + "; change nothing in the"
                    + " database"),
        undo());
  }

  private Problem aheadUnknown() {
    List<AheadRevision> unknown = ahead(Judgement.UNKNOWN);
    Optional<AheadRevision> doubtful =
        unknown.stream().filter(AheadRevision::hasDoubtfulMarker).findFirst();
    if (doubtful.isPresent()) {
      return aheadMarker(doubtful.get());
    }
    List<String> names = unknown.stream().map(AheadRevision::name).toList();
    return problem(
        "GUARD-AHEAD-UNKNOWN",
        "The database is ahead by revisions that this version cannot judge",
        "nobody has said whether " + version() + " runs on " + names(names),
        "deploy the version that brought " + names(names) + ", or a later one",
        "accept it after reading what it does: SCHEMA_GUARD_ACCEPT=" + String.join(",", names),
        "if it is an old leftover, add it to revisions.txt, marked retired");
  }

  private Problem aheadMarker(AheadRevision revision) {
    return problem(
        "GUARD-AHEAD-MARKER",
        "The database is ahead by a revision whose marker cannot be used",
        revision.cause() == Cause.MARKER_MALFORMED
            ? "the comment of "
                + revision.name()
                + " uses requires-app in a way that cannot be"
                + " believed: "
                + revision.entry().comment()
            : revision.name()
                + " says requires-app >= "
                + revision.floor().orElseThrow()
                + ", and '"
                + version()
                + "' cannot be compared with that",
        revision.cause() == Cause.MARKER_MALFORMED
            ? "deploy the version that brought it, or a later one"
            : "give the application a version such as 1.4.2",
        "accept it after reading what it does: SCHEMA_GUARD_ACCEPT=" + revision.name());
  }

  private String undo() {
    List<String> names = findings.ahead().stream().map(AheadRevision::name).toList();
    return "undo "
        + names(names)
        + " with the artifact of the newer version (this one does not contain "
        + (names.size() == 1 ? "it" : "them")
        + "); may lose data";
  }

  private List<AheadRevision> ahead(Judgement judgement) {
    return findings.ahead().stream().filter(r -> r.judgement() == judgement).toList();
  }

  private Problem problem(String code, String title, String why, String... actions) {
    return new Problem(code, title, database(), found(), expected(), why, List.of(actions));
  }

  private @Nullable String database() {
    HistoryReading reading = assessment.reading();
    String database = circumstances.database();
    return reading == null
        ? database
        : (database == null ? "" : database + "  ") + reading.place().text();
  }

  private @Nullable String found() {
    HistoryEntry entry = findings.currentEntry();
    if (!assessment.verdict().isTold()) {
      return null;
    }
    if (findings.current() == null) {
      return "no " + circumstances.noun() + " of this application";
    }
    return findings.current()
        + (entry == null || entry.recordedAt() == null
            ? ""
            : ", applied " + withoutFraction(entry.recordedAt()) + " (database time)");
  }

  private @Nullable String expected() {
    if (findings.expected() == null) {
      return null;
    }
    return findings.expected()
        + (Objects.equals(findings.min(), findings.expected())
            ? ""
            : "   accepts from " + findings.min());
  }

  private String version() {
    String version = assessment.assessor().question().version();
    return version == null ? "this version" : version;
  }

  private String table() {
    HistoryReading reading = assessment.reading();
    return reading == null ? "the history table" : reading.place().table();
  }

  private String toolName() {
    String tool = circumstances.tool();
    return tool.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + tool.substring(1);
  }

  private static String withoutFraction(String time) {
    int point = time.indexOf('.');
    return point < 0 ? time : time.substring(0, point);
  }

  private static String names(List<String> names) {
    return names.size() <= NAMES
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, NAMES)) + " and " + (names.size() - NAMES) + " more";
  }

  private static String isAre(List<String> names) {
    return names.size() == 1 ? "is" : "are";
  }
}
