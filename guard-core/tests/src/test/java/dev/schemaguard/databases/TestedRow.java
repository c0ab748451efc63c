// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import dev.schemaguard.history.Tool;
import dev.schemaguard.testing.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liquibase.util.LiquibaseUtil;
import org.flywaydb.core.internal.license.VersionPrinter;

/**
 * A row of the table of databases in docs/reference/databases.md. Only a test that ran on the
 * database records it.
 */
final class TestedRow {

  /** The columns of the table, in its order. */
  private static final List<Tool> COLUMNS =
      List.of(Tool.LIQUIBASE, Tool.FLYWAY, Tool.ALEMBIC, Tool.GOLANG_MIGRATE, Tool.TABLE);

  private static final Pattern MINOR = Pattern.compile("\\d+\\.\\d+");

  private TestedRow() {}

  /**
   * Records a database that ran.
   *
   * @param database its name and version
   * @param tools the tools whose histories were read on it
   */
  static void run(String database, Set<Tool> tools) {
    record(database, "run", tools);
  }

  /** Records a database that was simulated, with the tools whose histories were read on it. */
  static void simulated(String database, Set<Tool> tools) {
    record(database, "simulated", tools);
  }

  private static void record(String database, String how, Set<Tool> tools) {
    List<String> cells = new ArrayList<>(List.of(how));
    for (Tool tool : COLUMNS) {
      cells.add(tools.contains(tool) ? writer(tool) : "–");
    }
    Figures.record("databases", database, cells.toArray());
  }

  /** Who wrote the history: a release of the tool itself, or its statements. */
  private static String writer(Tool tool) {
    return switch (tool) {
      case LIQUIBASE -> version(LiquibaseUtil.getBuildVersion());
      case FLYWAY -> version(VersionPrinter.getVersion());
      default -> "statements";
    };
  }

  /** The major and minor version in what a product says of itself. */
  static String version(String text) {
    Matcher version = MINOR.matcher(text);
    return version.find() ? version.group() : text;
  }
}
