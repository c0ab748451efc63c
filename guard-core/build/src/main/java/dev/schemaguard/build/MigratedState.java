// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuardBuilder;
import dev.schemaguard.build.MigratedDatabase.Options;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Problem;
import dev.schemaguard.status.Verdict;
import java.util.List;

/**
 * The state that a database must have before its tables are written down.
 *
 * @param options the database
 * @param matrix the application's matrix, of which the paths are used
 * @param tool the tool that migrated the database
 * @param revision the revision that the database must be at
 */
record MigratedState(Options options, CompatibilityMatrix matrix, Tool tool, Revision revision) {

  /**
   * Refuses a database with another state.
   *
   * @param head whether the revision is the head of the chain
   * @throws ConfigurationException that says what is missing or ahead
   */
  void require(RevisionChain chain, boolean head) {
    CompatibilityMatrix exactly =
        CompatibilityMatrix.builder()
            .paths(matrix.paths().toArray(new String[0]))
            .row("current", head ? null : revision.name(), null, null)
            .chain(chain)
            .build();
    SchemaGuardBuilder builder =
        SchemaGuard.builder(options.dataSource())
            .matrix(exactly)
            .history(options.location())
            .timeout(options.timeout())
            .environment(variable -> null);
    if (options.customTable() == null) {
      builder.tool(tool);
    } else {
      builder.customTable(options.customTable());
    }
    try (SchemaGuard guard = builder.build()) {
      MigrationStatus status = guard.check();
      if (status.verdict() != Verdict.UP_TO_DATE) {
        throw refusal(status, chain.displayName(revision));
      }
    }
  }

  private static ConfigurationException refusal(MigrationStatus status, String revision) {
    return new ConfigurationException(
        status.database() == null ? "the migrated database" : status.database(),
        "it is not at " + revision + ": " + status.summary(),
        remedy(status));
  }

  private static String remedy(MigrationStatus status) {
    return switch (status.verdict()) {
      case BEHIND, BEHIND_COMPATIBLE, UNINITIALIZED ->
          "Apply these migrations to it first; nothing was written.";
      case AHEAD_COMPATIBLE, AHEAD_INCOMPATIBLE, AHEAD_UNKNOWN ->
          "Use a database to which only the migrations up to this one were applied; nothing was"
              + " written.";
      default -> {
        Problem problem = status.problem();
        List<String> actions = problem == null ? List.of() : problem.actions();
        yield "Nothing was written. " + String.join(" Or: ", actions);
      }
    };
  }
}
