// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

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
    String nothing) {

  private static final String MIGRATE = "run this release's migrations";
  private static final String ADOPT = "record those alone with your tool's own command";

  private static final ToolAdvice LIQUIBASE =
      new ToolAdvice(
          MIGRATE,
          "delete its row from %s, so that Liquibase runs it again",
          "skipped this: compare its contexts, labels and changelog with those that the chain was"
              + " generated from",
          List.of(
              "if a migration job ran already, read its log: Liquibase records no failed changeset",
              "if Liquibase has none to run, its contexts or labels exclude them: generate the chain"
                  + " with the same filter (--contexts, --labels)"),
          List.of(),
          "",
          " (liquibase release-locks)",
          "record those alone (liquibase mark-next-changeset-ran for each; changelog-sync if it is"
              + " all)",
          "%s records no changeset");

  private static final ToolAdvice FLYWAY =
      new ToolAdvice(
          MIGRATE + " (flyway migrate)",
          "delete its row from %s (flyway repair), so that Flyway runs it again (flyway migrate)",
          "skipped this: compare its locations, target and outOfOrder with what the chain holds",
          List.of(
              "if a migration job ran already, read its log: Flyway records no failure that the"
                  + " database rolled back"),
          List.of(
              "if Flyway left it out because later ones are applied, let it catch up once with"
                  + " outOfOrder=true"),
          "",
          " (flyway migrate itself removes a lock row that was not renewed for 10 minutes)",
          "record those alone (flyway baseline -baselineVersion=V)",
          "%s records no versioned migration");

  private static final ToolAdvice ALEMBIC =
      new ToolAdvice(
          MIGRATE + " (alembic upgrade heads)",
          "delete its row from %s, so that Alembic runs it again (alembic upgrade heads)",
          "skipped this: compare its version_locations and its target revision"
              + " with what the chain holds",
          List.of("if a migration job ran already, read its log: Alembic records no failure"),
          List.of(),
          ", by alembic downgrade",
          "",
          "record those alone (alembic stamp REVISION)",
          "%s is empty");

  private static final ToolAdvice GOLANG_MIGRATE =
      new ToolAdvice(
          MIGRATE + " (migrate up)",
          "set the version that the database then has (migrate force V), and "
              + MIGRATE
              + " (migrate up)",
          "skipped this: compare its source and its target version with what the" + " chain holds",
          List.of(),
          List.of(),
          ", by migrate goto V",
          "",
          "record those alone (migrate force V)",
          "%s records no version");

  private static final ToolAdvice TABLE =
      new ToolAdvice(
          MIGRATE,
          "record it as not applied in %s with your migration tool, so that it runs it again",
          "skipped this: compare the migrations that it was given with what the chain holds",
          List.of(),
          List.of(),
          "",
          "",
          ADOPT,
          "%s records no applied migration");

  /** Returns how to release {@code lock} once no migration is running, with a blank before it. */
  public String release(MigrationLock lock) {
    return lock.endsWithSession() ? " by ending its session" : release;
  }

  /** Returns the advice for a tool; an empty name means that the tool is not known. */
  public static ToolAdvice on(String tool) {
    return switch (tool) {
      case "liquibase" -> LIQUIBASE;
      case "flyway" -> FLYWAY;
      case "alembic" -> ALEMBIC;
      case "golang-migrate" -> GOLANG_MIGRATE;
      case "table" -> TABLE;
      // The only lock that can exist before there is a history is Liquibase's.
      case "" -> other("the migration tool", LIQUIBASE.release);
      default -> other(tool.substring(0, 1).toUpperCase(Locale.ROOT) + tool.substring(1), "");
    };
  }

  private static ToolAdvice other(String name, String release) {
    return new ToolAdvice(
        MIGRATE,
        "clear its record with " + name + "'s own repair command",
        LIQUIBASE.skipped,
        List.of(),
        List.of(),
        "",
        release,
        ADOPT,
        ALEMBIC.nothing);
  }
}
