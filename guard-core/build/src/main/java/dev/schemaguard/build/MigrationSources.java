// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.build.impact.RevisionImpact;
import dev.schemaguard.build.impact.RevisionUndo;
import dev.schemaguard.matrix.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The migrations of an application in its source files. */
public sealed interface MigrationSources
    permits LiquibaseSources, FlywaySources, AlembicSources, GolangMigrateSources {

  /** The value of {@link #dbms} if no database product was named although texts depend on it. */
  String ANY = "any";

  /**
   * Returns the migrations for a database product, if their texts depend on it.
   *
   * @param dbms Liquibase's short name of the product: {@code postgresql}
   * @param schema the database's default schema; null for the product's own default
   */
  default MigrationSources on(String dbms, @Nullable String schema) {
    return this;
  }

  /**
   * Returns the database product that the texts are read for, which is Liquibase's short name or
   * {@value #ANY}; empty if they do not depend on it.
   */
  default Optional<String> dbms() {
    return Optional.empty();
  }

  /**
   * Returns warnings, in sentences: what is allowed in the migrations or their filters but may be
   * unexpected, and what could not be read although every revision could.
   */
  default List<String> warnings() {
    return List.of();
  }

  /**
   * Reads the migrations, oldest first.
   *
   * @throws ConfigurationException if they cannot be read
   */
  List<SourceRevision> read();

  /**
   * Reads the effects of each migration on versions of the application that are older than it, in
   * the order of {@link #read}.
   *
   * @throws ConfigurationException if they cannot be read
   */
  List<RevisionImpact> impacts();

  /**
   * Reads how each of them is undone, in the order of {@link #read}.
   *
   * @throws ConfigurationException if they cannot be read
   */
  List<RevisionUndo> undos();

  /**
   * Returns the migrations that differ from what was applied or committed. Migrations that run
   * again after each change are ignored.
   *
   * @param checksums the checksums recorded in a database, or an earlier result of {@link
   *     #checksums}, by the migrations' names; if several migrations share a name, all checksums,
   *     separated by commas
   * @throws ConfigurationException if they cannot be read
   */
  default List<String> edited(Map<String, String> checksums) {
    List<String> edited = new ArrayList<>();
    checksums()
        .forEach(
            (name, now) -> {
              String before = checksums.get(name);
              if (before != null && !before.equals(now)) {
                edited.add(name);
              }
            });
    return edited;
  }

  /**
   * Returns the checksum that the tool would record for each migration; if the tool records none, a
   * digest of the text. Migrations that run again after each change have none, and migrations that
   * are not SQL may have none. The keys are the migrations' names, in the order of {@link #read}.
   *
   * @throws ConfigurationException if they cannot be read
   */
  Map<String, String> checksums();

  /**
   * Returns where these migrations are looked for, and the names that are looked for: {@code
   * 'V….sql in db/migration'}.
   */
  String place();

  /** Returns what users of this tool can do about an edit, as a sentence; empty if nothing. */
  default String remedyForEdits() {
    return "";
  }
}
