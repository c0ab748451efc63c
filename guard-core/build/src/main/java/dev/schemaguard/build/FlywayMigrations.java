// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.build.impact.RevisionImpact;
import dev.schemaguard.build.impact.RevisionUndo;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.MigrationVersion;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The Flyway migrations found so far, by version. */
final class FlywayMigrations {

  private record Found(FlywayName name, MigrationFile file) {}

  private final NavigableMap<MigrationVersion, Found> versioned = new TreeMap<>();
  private final NavigableMap<MigrationVersion, Found> baselines = new TreeMap<>();
  private final Map<MigrationVersion, MigrationFile> undos = new HashMap<>();
  private List<String> notes = List.of();

  void add(FlywayName name, MigrationFile file) {
    Found duplicate =
        (name.baseline() ? baselines : versioned)
            .putIfAbsent(name.version(), new Found(name, file));
    if (duplicate != null) {
      throw new ConfigurationException(
          file.where(),
          "it has the version " + name.version() + ", as has " + duplicate.file().where(),
          "Give one of the two another version: to Flyway 1, 001 and 1.0 are equal.");
    }
  }

  /** Sets the sentences about what Flyway ignores although it looks like a migration. */
  void notes(List<String> sentences) {
    notes = sentences;
  }

  /** Returns sentences about what Flyway ignores although it looks like a migration. */
  List<String> notes() {
    return notes;
  }

  void addUndo(MigrationVersion version, MigrationFile file) {
    undos.putIfAbsent(version, file);
  }

  List<RevisionUndo> undos() {
    return all().stream().map(this::undo).toList();
  }

  private RevisionUndo undo(Found found) {
    String version = found.name().written();
    MigrationFile undo = undos.get(found.name().version());
    return undo == null
        ? RevisionUndo.none(version, "there is no undo migration, U" + version)
        : RevisionUndo.by(version, undo.changes(), found.file().changes());
  }

  private Collection<Found> all() {
    NavigableMap<MigrationVersion, Found> all = new TreeMap<>(baselines);
    all.putAll(versioned);
    return all.values();
  }

  List<RevisionImpact> impacts() {
    return all().stream()
        .map(found -> RevisionImpact.of(found.name().written(), found.file().changes()))
        .toList();
  }

  List<String> edited(Map<String, String> checksums) {
    Map<MigrationVersion, String> recorded = new HashMap<>();
    checksums.forEach(
        (name, checksum) ->
            MigrationVersion.parse(name).ifPresent(version -> recorded.put(version, checksum)));
    return versioned.entrySet().stream()
        .filter(entry -> isEdited(entry.getValue().file(), recorded.get(entry.getKey())))
        .map(entry -> entry.getValue().name().written())
        .toList();
  }

  Map<String, String> checksums() {
    Map<String, String> checksums = new LinkedHashMap<>();
    for (Found found : versioned.values()) {
      found.file().checksum().ifPresent(sum -> checksums.put(found.name().written(), sum));
    }
    return checksums;
  }

  private static boolean isEdited(MigrationFile file, @Nullable String recorded) {
    return recorded != null
        && file.checksum().isPresent()
        && !recorded.equals(file.checksum().get());
  }

  List<SourceRevision> revisions() {
    return all().stream()
        .map(Found::name)
        .map(name -> name.revision(name.baseline() && isPassedOver(name.version())))
        .toList();
  }

  /**
   * Returns whether a database may skip a baseline because it has applied the migrations that it
   * replaces.
   */
  private boolean isPassedOver(MigrationVersion baseline) {
    return versioned.lowerKey(baseline) != null;
  }
}
