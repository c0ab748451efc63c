// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.matrix.MigrationVersion;
import dev.schemaguard.matrix.ResolvedRow;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.tool.GolangMigrateTool;
import dev.schemaguard.tool.Tools;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The versions for which golang-migrate has files. Its commands {@code up}, {@code down} and {@code
 * goto} fail at any other version, even at one between two files ({@code versionExists} in {@code
 * migrate.go}).
 *
 * @param inSources the versions of the chain whose files still exist
 */
public record GolangMigrateVersions(NavigableSet<MigrationVersion> inSources) {

  /** Returns the versions of a row's chain; empty without a chain. */
  public static GolangMigrateVersions in(@Nullable ResolvedRow row) {
    return row == null ? new GolangMigrateVersions(new TreeSet<>()) : of(row.chain());
  }

  /** Returns the versions of a chain. */
  public static GolangMigrateVersions of(RevisionChain chain) {
    NavigableSet<MigrationVersion> versions = new TreeSet<>();
    for (int i = 0; i < chain.size(); i++) {
      Revision line = chain.revision(i);
      if (!line.retired() && line.replacedBy() == null) {
        GolangMigrateTool.NUMBERING.parse(line.name()).ifPresent(versions::add);
      }
    }
    return new GolangMigrateVersions(versions);
  }

  /** Returns the nearest version below {@code name} that has a file. */
  public Optional<MigrationVersion> below(String name) {
    Optional<MigrationVersion> version = GolangMigrateTool.NUMBERING.parse(name);
    return version.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(inSources.lower(version.get()));
  }

  /**
   * Returns the command that sets the version which the database has once a failure is repaired.
   * Empty for another tool, and without a chain.
   */
  public String force(History history) {
    if (inSources.isEmpty()
        || Tools.numbering(history.place().tool()) != GolangMigrateTool.NUMBERING
        || history.entries().isEmpty()) {
      return "";
    }
    HistoryEntry failed = history.entries().get(history.entries().size() - 1);
    Optional<MigrationVersion> version = GolangMigrateTool.NUMBERING.parse(failed.name());
    if (version.isEmpty()) {
      return "set that nothing is applied (migrate force -1), and run this release's migrations"
          + " (migrate up)";
    }
    if (!inSources.contains(version.get())) {
      return "with the migrations of the version that brought it, set the version that the database"
          + " then has (migrate force V) and run them (migrate up)";
    }
    return "set the version that the database then has in full (migrate force "
        + below(failed.name()).map(MigrationVersion::toString).orElse("-1")
        + ", or migrate force "
        + version.get()
        + " if you completed it), and run this release's migrations (migrate up)";
  }
}
