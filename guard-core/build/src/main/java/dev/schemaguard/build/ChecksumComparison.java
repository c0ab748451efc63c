// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.ChangesetKey;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.matrix.RevisionChain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A single comparison of the lines of a checksum file with the migrations. Not thread-safe. */
final class ChecksumComparison {

  private final ChecksumFile file;
  private final MigrationSources sources;
  private final Map<String, String> current;
  private final Map<String, Revision> revisions = new HashMap<>();
  private final List<String> result = new ArrayList<>();
  private final List<ChainChange> changes = new ArrayList<>();
  private final Map<String, String> recorded = new LinkedHashMap<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  ChecksumComparison(ChecksumFile file, MigrationSources sources, RevisionChain chain) {
    this.file = file;
    this.sources = sources;
    this.current = sources.checksums();
    for (Revision revision : chain.revisions()) {
      revisions.put(ChangesetKey.canonical(revision.name()), revision);
      revision.was().forEach(was -> revisions.put(ChangesetKey.canonical(was), revision));
    }
  }

  ChecksumUpdate update() {
    List<String> lines = file.lines(sources);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isBlank() || lines.get(i).startsWith("#")) {
        result.add(lines.get(i));
      } else {
        keep(lines.get(i), i + 1);
      }
    }
    List<String> edited = edited();
    appendNew();
    return new ChecksumUpdate(
        file.origin(),
        file.with(result, !changes.isEmpty()),
        changes,
        edited,
        sources.remedyForEdits());
  }

  private void keep(String line, int number) {
    String[] parts = line.split("\t", -1);
    if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
      throw new ConfigurationException(
          file.origin() + ":" + number,
          "'" + line + "' is no line of checksums",
          "Write the name of a migration, one tab and its checksum; or delete the line.");
    }
    Revision revision = revision(parts[0]);
    if (revision == null) {
      changes.add(new ChainChange(ChainChange.Kind.REMOVED, parts[0], line, null));
      return;
    }
    String duplicate = recorded.putIfAbsent(revision.name(), parts[1]);
    if (duplicate != null && !duplicate.equals(parts[1])) {
      throw new ConfigurationException(
          file.origin() + ":" + number,
          revision.name() + " has another checksum in line " + numbers.get(revision.name()),
          "Delete the line of the text that was never applied.");
    }
    if (duplicate != null) {
      changes.add(new ChainChange(ChainChange.Kind.DROPPED, parts[0], line, null));
      return;
    }
    numbers.put(revision.name(), number);
    String after = revision.name() + "\t" + parts[1];
    result.add(after);
    if (!after.equals(line)) {
      changes.add(new ChainChange(ChainChange.Kind.CHANGED, revision.name(), line, after));
    }
  }

  /**
   * Returns the revision for a migration's name; its line may contain only the id of a changeset.
   */
  private @Nullable Revision revision(String name) {
    Revision whole = revisions.get(ChangesetKey.canonical(name));
    return whole != null
        ? whole
        : ChangesetKey.parse(name).map(key -> revisions.get(key.id())).orElse(null);
  }

  private List<String> edited() {
    Map<String, String> known = new LinkedHashMap<>();
    for (String name : current.keySet()) {
      Revision revision = revision(name);
      String checksum = revision == null ? null : recorded.get(revision.name());
      if (checksum != null) {
        known.put(name, checksum);
      }
    }
    return sources.edited(known).stream().map(this::shown).toList();
  }

  private String shown(String name) {
    Revision revision = revision(name);
    return revision == null ? name : name + " (line " + numbers.get(revision.name()) + ")";
  }

  private void appendNew() {
    Set<String> added = new HashSet<>(recorded.keySet());
    current.forEach(
        (name, checksum) -> {
          Revision revision = revision(name);
          if (revision != null && added.add(revision.name())) {
            String line = revision.name() + "\t" + checksum;
            result.add(line);
            changes.add(new ChainChange(ChainChange.Kind.ADDED, revision.name(), null, line));
          }
        });
  }
}
