// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.history.Tool;
import dev.schemaguard.status.MigrationLock;
import java.util.List;
import java.util.Locale;

/**
 * The advice for the users of a migration tool, with the tool's own commands.
 *
 * @param migrate how migrations are run
 * @param repair how a failed migration, once corrected, is run again; {@code %s} is the table
 * @param skipped why the tool may have run and left a migration out
 * @param afterJob what else to know if a migration job ran; empty if nothing
 * @param afterGap what else to know if a migration job ran and a later migration is applied
 * @param undo the command that undoes what is ahead, with a comma before it; may be empty
 * @param release how to release a lock that remains without its session, with a blank before it;
 *     may be empty
 * @param adopt how to record migrations whose tables already exist without running them
 * @param nothing what a table without migrations means; {@code %s} is the table
 * @param catchUp how to bring the effects of a migration that was recorded without being run;
 *     {@code %1$s} is the migration with its verb, {@code %2$s} the table
 */
public record ToolAdvice(
    String migrate,
    String repair,
    String skipped,
    List<String> afterJob,
    List<String> afterGap,
    String undo,
    String release,
    String adopt,
    String nothing,
    String catchUp) {

  static final String MIGRATE = "run this release's migrations";
  static final String ADOPT = "record those alone with your tool's own command";

  static final String CATCH_UP =
      "if %1$s recorded without being run, record that as not applied in %2$s with your migration"
          + " tool, so that it runs it";

  /** Returns how to release {@code lock} once no migration is running, with a blank before it. */
  public String release(MigrationLock lock) {
    return lock.endsWithSession() ? " by ending its session" : release;
  }

  /**
   * Returns the advice for the tool with this name in lower case. An empty name means that the tool
   * is not known.
   */
  public static ToolAdvice on(String tool) {
    if (tool.equals(Tool.TABLE.toString())) {
      return CustomTool.ADVICE;
    }
    return Tools.named(tool)
        .map(MigrationTool::advice)
        .orElseGet(
            () ->
                tool.isEmpty()
                    // The only lock that can exist before there is a history is Liquibase's.
                    ? other("the migration tool", LiquibaseTool.ADVICE.release)
                    : other(tool.substring(0, 1).toUpperCase(Locale.ROOT) + tool.substring(1), ""));
  }

  private static ToolAdvice other(String name, String release) {
    return new ToolAdvice(
        MIGRATE,
        "clear its record with " + name + "'s own repair command",
        LiquibaseTool.ADVICE.skipped,
        List.of(),
        List.of(),
        "",
        release,
        ADOPT,
        "%s is empty",
        CATCH_UP);
  }
}
