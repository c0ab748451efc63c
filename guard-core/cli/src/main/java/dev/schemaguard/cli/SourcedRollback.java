// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.build.MigrationSources;
import dev.schemaguard.build.impact.DataLoss;
import dev.schemaguard.build.impact.RevisionUndo;
import dev.schemaguard.matrix.ChangesetKey;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.MigrationVersion;
import dev.schemaguard.preflight.Preflight;
import dev.schemaguard.preflight.Rollback;
import dev.schemaguard.preflight.Rollback.Known;
import dev.schemaguard.preflight.Rollback.Undo;
import dev.schemaguard.tool.Tools;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Adds to a rollback how each revision is undone, according to the migrations. */
final class SourcedRollback {

  private final String tool;
  private final Map<String, RevisionUndo> undos = new HashMap<>();
  private final List<String> without = new ArrayList<>();
  private final List<String> unknownEntries = new ArrayList<>();

  private SourcedRollback(String tool, MigrationSources migrations) {
    this.tool = tool;
    for (RevisionUndo undo : migrations.undos()) {
      undos.merge(key(undo.revision()), undo, RevisionUndo::and);
    }
  }

  /**
   * Returns the preflight extended by information from the migrations, if any are named and a
   * revision is to be undone.
   */
  static Preflight in(Preflight preflight, SourceOptions sources) {
    if (!sources.isGiven()) {
      return preflight;
    }
    MigrationSources migrations = sources.sources();
    Rollback rollback = preflight.rollback();
    if (rollback == null || rollback.undo().isEmpty()) {
      return preflight;
    }
    String tool = Objects.requireNonNullElse(preflight.status().tool(), "");
    if (!tool.equals(sources.tool().toString())) {
      throw new ConfigurationException(
          "--" + sources.tool(),
          "the database keeps a history of " + tool,
          "Name the migrations that were applied to it, or none.");
    }
    return preflight.withRollback(
        new SourcedRollback(tool, migrations).read(rollback).filledIn(sources.toolOptions()));
  }

  /** Returns a key that is the same for equal revisions. */
  private String key(String name) {
    return Tools.numbering(tool) == null
        ? ChangesetKey.canonical(name)
        : MigrationVersion.parse(name).map(MigrationVersion::toString).orElse(name);
  }

  private Rollback read(Rollback rollback) {
    List<Undo> undo = rollback.undo().stream().map(this::read).toList();
    List<String> notes = new ArrayList<>(rollback.notes());
    if (!without.isEmpty()) {
      notes.add(
          0,
          "no command: "
              + first(without)
              + " without a rollback; restore a backup, write what undoes it, or go forward");
    } else if (!unknownEntries.isEmpty()) {
      notes.add(
          0,
          "no command: "
              + first(unknownEntries)
              + " not in the migrations that were named; name those of the version that brought it");
    }
    return new Rollback(
        rollback.mayStart(),
        undo,
        rollback.applyAgain(),
        without.isEmpty() && unknownEntries.isEmpty() ? rollback.commands() : List.of(),
        notes);
  }

  private static String first(List<String> names) {
    return names.size() == 1
        ? names.get(0) + " is"
        : names.get(0) + " and " + (names.size() - 1) + " more are";
  }

  private Undo read(Undo undo) {
    RevisionUndo read = undos.get(key(undo.name()));
    if (read == null) {
      unknownEntries.add(undo.revision());
      return new Undo(
          undo.revision(),
          undo.name(),
          Known.UNKNOWN,
          Known.UNKNOWN,
          "it is not in the migrations that were named");
    }
    Known hasRollback = known(read.hasRollback());
    if (hasRollback == Known.NO) {
      without.add(undo.revision());
    }
    return new Undo(
        undo.revision(),
        undo.name(),
        hasRollback,
        known(read.loss()),
        String.join("; ", read.reasons()));
  }

  private static Known known(@Nullable Boolean claim) {
    return claim == null ? Known.UNKNOWN : claim ? Known.YES : Known.NO;
  }

  private static Known known(DataLoss loss) {
    return switch (loss) {
      case NO -> Known.NO;
      case UNKNOWN -> Known.UNKNOWN;
      case YES -> Known.YES;
    };
  }
}
