// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import dev.schemaguard.history.Tool;
import java.util.ArrayList;
import java.util.List;

/**
 * A database that docs/reference/databases.md calls tested, with the tools whose histories are read
 * on it.
 */
enum TestedDatabase {
  H2("H2", "2.4", true),
  POSTGRESQL_14("PostgreSQL", "14.20", true),
  POSTGRESQL_15("PostgreSQL", "15.18", true),
  POSTGRESQL_16("PostgreSQL", "16.15", true),
  POSTGRESQL_17("PostgreSQL", "17.11", true),
  POSTGRESQL_18("PostgreSQL", "18.6", true),
  MARIADB("MariaDB", "10.11", true),
  MYSQL("MySQL", "8.0.15", true),
  HSQLDB("HSQLDB", "2.7", false),
  DERBY("Derby", "10.16", false),
  SQLITE("SQLite", "3.50", true);

  private final String product;
  private final String version;
  private final boolean everyTool;

  TestedDatabase(String product, String version, boolean everyTool) {
    this.product = product;
    this.version = version;
    this.everyTool = everyTool;
  }

  /** The tools, in the order of that page. */
  List<Tool> tools() {
    return everyTool
        ? List.of(Tool.LIQUIBASE, Tool.FLYWAY, Tool.ALEMBIC, Tool.GOLANG_MIGRATE)
        : List.of(Tool.LIQUIBASE, Tool.FLYWAY);
  }

  /** Whether a database that calls itself so is this one. */
  boolean isVersion(String productVersion) {
    return productVersion.contains(version);
  }

  /** The row of the table in docs/reference/databases.md. */
  String row() {
    List<String> cells = new ArrayList<>(List.of(product + " " + version));
    for (Tool tool : H2.tools()) {
      cells.add(tools().contains(tool) ? "tested" : "untested");
    }
    return "| " + String.join(" | ", cells) + " |";
  }
}
