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

/** The migrations of an application, where they are written. */
public sealed interface MigrationSources
    permits LiquibaseSources, FlywaySources, AlembicSources, GolangMigrateSources {

  /** What {@link #dbms} gives if no database product was named, though texts depend on it. */
  String ANY = "any";

  /**
   * Returns the same migrations as they are on a database product, if their texts depend on it.
   *
   * @param dbms Liquibase's short name of the product: {@code postgresql}
   * @param schema the schema that the database uses by default; null: the product's own default
   */
  default MigrationSources on(String dbms, @Nullable String schema) {
    return this;
  }

  /**
   * The database product that the texts are read for: Liquibase's short name, or {@value #ANY};
   * empty if they do not depend on it.
   */
  default Optional<String> dbms() {
    return Optional.empty();
  }

  /**
   * What is allowed in the migrations or their filters and may surprise, and what could not be read
   * although every revision could; in sentences.
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
   * Reads what each of them does to versions of the application that are older than it, in the
   * order of {@link #read}.
   *
   * @throws ConfigurationException if they cannot be read
   */
  List<RevisionImpact> effects();

  /**
   * Reads how each of them is undone, in the order of {@link #read}.
   *
   * @throws ConfigurationException if they cannot be read
   */
  List<RevisionUndo> undos();

  /**
   * The migrations that are no longer what was applied or committed. Those that run again whenever
   * they change are passed over.
   *
   * @param checksums what the tool recorded in a database, or {@link #checksums} gave once, by the
   *     migrations' names; where several share a name, those of all, parted by commas
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
   * What the tool would record of the text of each migration; where it records none, a digest of
   * the text. Those that run again whenever they change have none, and what is not SQL may have
   * none. By the migrations' names, in the order of {@link #read}.
   *
   * @throws ConfigurationException if they cannot be read
   */
  Map<String, String> checksums();

  /**
   * Where these migrations are looked for, and by which names: {@code 'V….sql in db/migration'}.
   */
  String place();

  /** What may be done about an edit by the means of this tool, as a sentence; empty: nothing. */
  default String remedyForEdits() {
    return "";
  }
}
