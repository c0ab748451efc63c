// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.played;

import java.util.ArrayList;
import java.util.List;

/**
 * An upgrade from release 1.0.0 to release 2.0.0 of a shop: what its migrations do, what the
 * instances of both releases send, and how the old release can know that it survives a migration.
 *
 * @param kind what the upgrade changes: {@code renames a column}
 * @param evidence how release 1.0.0 can know that it survives a migration
 * @param careful whether release 1.0.0 writes only what any later constraint would accept
 * @param steps the new migrations, oldest first
 * @param min the number of the oldest migration that release 2.0.0 can run on; 1 is the newest one
 *     of release 1.0.0
 * @param work the statements of release 2.0.0
 */
record Upgrade(
    String kind, Evidence evidence, boolean careful, List<Step> steps, int min, List<String> work) {

  /** How release 1.0.0 can know that it survives a migration that it does not contain. */
  enum Evidence {
    /** Each new migration has a requires-app marker. */
    MARKERS,
    /** Release 1.0.0 bundles a schema file, and its matrix says {@code Unknown ahead: intact}. */
    SCHEMA_FILE,
    /** The matrix of release 1.0.0 says {@code Unknown ahead: allowed}. */
    ALLOWED,
    /** The row of release 1.0.0 has the Max {@code any}. */
    MAX,
    /** Nothing. */
    NONE
  }

  /**
   * A migration.
   *
   * @param name what it does, as a part of its file's name
   * @param survived whether its author knows that release 1.0.0 keeps working after it
   * @param postgresql the script for PostgreSQL
   * @param mysql the script for MySQL
   */
  record Step(String name, boolean survived, String postgresql, String mysql) {}

  /** The number of the newest migration. */
  int head() {
    return steps.size() + 1;
  }

  /** The file name of a migration. */
  String fileName(int number) {
    Step step = steps.get(number - 2);
    String marker =
        evidence == Evidence.MARKERS
            ? "requires-app_" + (step.survived() ? "1.0.0" : "2.0.0") + "_"
            : "";
    return "V" + number + "__" + marker + step.name() + ".sql";
  }

  /** The script of a migration for a product. */
  String script(int number, boolean mysql) {
    Step step = steps.get(number - 2);
    return mysql ? step.mysql() : step.postgresql();
  }

  /** The statements of an instance of release 1.0.0. */
  List<String> oldWork() {
    return UpgradeKinds.oldWork(careful);
  }

  @Override
  public String toString() {
    return kind + ", " + evidence.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }

  /** Every kind, with each evidence that it is tried with. */
  static List<Upgrade> all() {
    List<Upgrade> all = new ArrayList<>();
    for (UpgradeKinds.Kind kind : UpgradeKinds.all()) {
      for (Evidence evidence : kind.evidence()) {
        all.add(
            new Upgrade(
                kind.name(), evidence, kind.careful(), kind.steps(), kind.min(), kind.work()));
      }
    }
    return all;
  }
}
