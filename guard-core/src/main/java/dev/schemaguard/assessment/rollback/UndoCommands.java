// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment.rollback;

import static dev.schemaguard.preflight.Rollback.word;

import dev.schemaguard.history.HistoryPlace;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The commands by which a tool undoes migrations: Liquibase 4.33 ({@code
 * RollbackCountCommandStep}), Flyway 11, Alembic 1 and golang-migrate 4. They contain no connection
 * settings and no password; the person who runs them adds those.
 *
 * @param place where the history is
 */
record UndoCommands(HistoryPlace place) {

  /** The databases whose schema is the database that the URL names. */
  private static final Set<String> WITHOUT_SCHEMAS = Set.of("mysql", "mariadb", "sqlite");

  /**
   * Returns Liquibase's commands that undo the last {@code count} recorded changesets, the dry run
   * first.
   */
  List<String> liquibase(int count) {
    return liquibase("rollback-count", " --count=" + count);
  }

  /**
   * Returns Liquibase's commands that undo what was recorded after the tag. A second run undoes
   * nothing more.
   */
  List<String> liquibase(String tag) {
    return liquibase("rollback", " --tag=" + word(tag));
  }

  private List<String> liquibase(String command, String target) {
    String options = " --changelog-file=CHANGELOG" + schema("--default-schema-name=") + target;
    String tool = "liquibase" + table("databasechangelog", "--database-changelog-table-name=");
    return List.of(tool + " " + command + "-sql" + options, tool + " " + command + options);
  }

  /** Returns Flyway's command, which undoes until it meets a version below the target. */
  List<String> flyway(String target) {
    return List.of(
        "flyway undo -target="
            + word(target)
            + schema("-defaultSchema=")
            + table("flyway_schema_history", "-table="));
  }

  /** Returns Alembic's command, which undoes what descends from the target. */
  static String alembic(String target) {
    return "alembic downgrade " + word(target);
  }

  /** Returns Alembic's command that only prints the SQL of that downgrade. */
  static String alembicDry(String head, String target) {
    return "alembic downgrade " + word(head + ":" + target) + " --sql";
  }

  /**
   * Returns golang-migrate's command that migrates to a version. Unlike a count, it does no more if
   * it is run twice by mistake.
   *
   * @param version the target; null to undo every version
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
