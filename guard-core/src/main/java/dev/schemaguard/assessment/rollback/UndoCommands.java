// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment.rollback;

import static dev.schemaguard.preflight.Rollback.word;

import dev.schemaguard.history.HistoryPlace;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The commands by which a tool undoes: of Liquibase 4.33 ({@code RollbackCountCommandStep}), Flyway
 * 11, Alembic 1 and golang-migrate 4. How to connect stays with whoever runs them, and so does the
 * password.
 *
 * @param place where the history is
 */
record UndoCommands(HistoryPlace place) {

  /** Databases whose schema is the database that the URL names. */
  private static final Set<String> WITHOUT_SCHEMAS = Set.of("mysql", "mariadb", "sqlite");

  /** Liquibase counts what it recorded, from the end; the dry run first. */
  List<String> liquibase(int count) {
    return liquibase("rollback-count", " --count=" + count);
  }

  /** Liquibase undoes what was recorded after the tag: run again, this undoes no more. */
  List<String> liquibase(String tag) {
    return liquibase("rollback", " --tag=" + word(tag));
  }

  private List<String> liquibase(String command, String target) {
    String options = " --changelog-file=CHANGELOG" + schema("--default-schema-name=") + target;
    String tool = "liquibase" + table("databasechangelog", "--database-changelog-table-name=");
    return List.of(tool + " " + command + "-sql" + options, tool + " " + command + options);
  }

  /** Flyway undoes until it meets a version below the target. */
  List<String> flyway(String target) {
    return List.of(
        "flyway undo -target="
            + word(target)
            + schema("-defaultSchema=")
            + table("flyway_schema_history", "-table="));
  }

  /** Alembic undoes what descends from the target. */
  static String alembic(String target) {
    return "alembic downgrade " + word(target);
  }

  /** The same as SQL that is printed only. */
  static String alembicDry(String head, String target) {
    return "alembic downgrade " + word(head + ":" + target) + " --sql";
  }

  /**
   * golang-migrate goes to a version: run twice by mistake, this does no more than once, as a count
   * would.
   *
   * @param version null: before the first
   */
  static String golangMigrate(@Nullable String version) {
    return "migrate -path MIGRATIONS -database \"$DATABASE_URL\" "
        + (version == null ? "down -all" : "goto " + word(version));
  }

  private String schema(String option) {
    String schema = place.schema();
    return schema == null
            || schema.equalsIgnoreCase("public")
            || WITHOUT_SCHEMAS.contains(place.dbms())
        ? ""
        : " " + option + word(schema);
  }

  private String table(String usual, String option) {
    return place.table().equalsIgnoreCase(usual) ? "" : " " + option + word(place.table());
  }
}
