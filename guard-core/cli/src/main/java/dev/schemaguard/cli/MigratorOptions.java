// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.history.MigrationOwner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The configuration of the migration tool that will migrate the database. */
final class MigratorOptions {

  @Option(
      names = "--out-of-order",
      paramLabel = "true|false",
      arity = "0..1",
      fallbackValue = "true",
      defaultValue = "${env:SCHEMA_GUARD_OUT_OF_ORDER:-${env:FLYWAY_OUT_OF_ORDER:-false}}",
      description = {
        "Flyway will run with outOfOrder=true, so it also applies versions below the highest",
        "applied one."
      })
  private boolean outOfOrder;

  @Option(
      names = "--target",
      paramLabel = "VERSION",
      defaultValue = "${env:SCHEMA_GUARD_TARGET:-${env:FLYWAY_TARGET}}",
      description = "Flyway will run with this target, so it applies no version above it.")
  private @Nullable String target;

  /** Returns the owner of the migration that will run. */
  MigrationOwner migration() {
    return MigrationOwner.ELSEWHERE.withFlyway(outOfOrder, target);
  }
}
