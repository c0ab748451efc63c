// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import dev.schemaguard.history.Tool;
import java.util.List;

/** A database that the contract is run on, with the tools whose histories are read on it. */
// The lists are immutable.
@SuppressWarnings("ImmutableEnumChecker")
enum TestedDatabase {
  H2("H2", Tools.EVERY),
  POSTGRESQL_14("PostgreSQL", Tools.EVERY),
  POSTGRESQL_15("PostgreSQL", Tools.EVERY),
  POSTGRESQL_16("PostgreSQL", Tools.EVERY),
  POSTGRESQL_17("PostgreSQL", Tools.EVERY),
  POSTGRESQL_18("PostgreSQL", Tools.EVERY),
  MARIADB("MariaDB", Tools.EVERY),
  MYSQL("MySQL", Tools.EVERY),
  HSQLDB("HSQLDB", Tools.OF_JAVA),
  DERBY("Derby", Tools.OF_JAVA),
  SQLITE("SQLite", Tools.EVERY),
  /** SQLAlchemy's dialect for it documents no Alembic. */
  FIREBIRD("Firebird", List.of(Tool.LIQUIBASE, Tool.FLYWAY, Tool.GOLANG_MIGRATE, Tool.TABLE)),
  /** golang-migrate has no driver for it. */
  DUCKDB("DuckDB", List.of(Tool.LIQUIBASE, Tool.FLYWAY, Tool.ALEMBIC, Tool.TABLE));

  private static final class Tools {
    static final List<Tool> EVERY =
        List.of(Tool.LIQUIBASE, Tool.FLYWAY, Tool.ALEMBIC, Tool.GOLANG_MIGRATE, Tool.TABLE);

    /** Neither Alembic nor golang-migrate can connect to a database of Java's. */
    static final List<Tool> OF_JAVA = List.of(Tool.LIQUIBASE, Tool.FLYWAY, Tool.TABLE);
  }

  private final String title;
  private final List<Tool> tools;

  TestedDatabase(String title, List<Tool> tools) {
    this.title = title;
    this.tools = tools;
  }

  /** The major version of a PostgreSQL that is not the tests' own. */
  int release() {
    return Integer.parseInt(name().replace("POSTGRESQL_", ""));
  }

  /** Its name in docs/reference/databases.md. */
  String title() {
    return title;
  }

  /** The tools that support it, in the order of that page. */
  List<Tool> tools() {
    return tools;
  }
}
