// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Random tables, and random changes to them. A statement may fail, for instance because an earlier
 * change has dropped its table. There are no checks, foreign keys or triggers, which no schema file
 * can know, and a generated column has the same value in each row.
 */
final class RandomTables {

  private static final int MOST_TABLES = 4;
  private static final int MOST_COLUMNS = 4;

  private final Random random;
  private final boolean postgres;
  private final List<RandomType> types;
  private final int tables;
  private final int columns;
  private final Map<String, RandomType> created = new HashMap<>();

  RandomTables(Random random, boolean postgres) {
    this.random = random;
    this.postgres = postgres;
    this.types = postgres ? RandomType.POSTGRES : RandomType.MYSQL;
    this.tables = 1 + random.nextInt(MOST_TABLES);
    this.columns = 1 + random.nextInt(MOST_COLUMNS);
  }

  /** The type that a line of the schema file names. */
  static RandomType typeOf(List<RandomType> types, String line) {
    String plain =
        line.replaceFirst("^state\\([^)]*\\)", "state")
            .replace("character varying", "varchar")
            .replace("character(", "char(")
            .replace(" without time zone", "")
            .replace("timestamp with time zone", "timestamptz");
    String named = plain.equals("numeric(6,2)") ? "needed" : plain;
    return types.stream().filter(type -> type.sql().equals(named)).findFirst().orElseThrow();
  }

  /** The statements that create the types that are not built in. */
  List<String> types() {
    return postgres
        ? List.of(
            "CREATE TYPE state AS ENUM ('first', 'middle', 'last')",
            "CREATE DOMAIN short_text AS varchar(3) DEFAULT 'abc'",
            "CREATE DOMAIN needed AS numeric(6,2) NOT NULL")
        : List.of();
  }

  /** The statements that create them. */
  List<String> create() {
    List<String> all = new ArrayList<>(types());
    for (int t = 0; t < tables; t++) {
      List<String> definitions = new ArrayList<>();
      List<String> keys = new ArrayList<>();
      for (int c = 0; c < columns; c++) {
        RandomType type = one(5) ? types.get(types.size() - 1 - random.nextInt(4)) : any(types);
        created.put("t" + t + ".c" + c, type);
        definitions.add("c" + c + " " + definition(type));
        if (type.short1() && one(2)) {
          keys.add("CREATE UNIQUE INDEX t" + t + "_c" + c + " ON t" + t + " (c" + c + ")");
        }
      }
      all.add("CREATE TABLE t" + t + " (" + String.join(", ", definitions) + ")");
      all.addAll(keys);
      if (columns > 1 && one(3)) {
        all.add("CREATE UNIQUE INDEX t" + t + "_pair ON t" + t + " (c0, c1)");
      }
      if (one(5)) {
        all.add("CREATE VIEW v" + t + " AS SELECT c0 FROM t" + t);
      }
    }
    return all;
  }

  private String definition(RandomType type) {
    return switch (random.nextInt(8)) {
      case 0, 1 -> type.sql() + " NOT NULL";
      case 2 -> type.sql() + defaulted(type);
      case 3 -> type.sql() + defaulted(type) + " NOT NULL";
      case 4 -> generated(type);
      case 5 -> type.integer() ? identity(type) : type.sql();
      default -> type.sql();
    };
  }

  private String defaulted(RandomType type) {
    // MySQL's TEXT and BLOB have no defaults.
    return postgres || type.short1() ? " DEFAULT " + type.least() : "";
  }

  private String generated(RandomType type) {
    return postgres
        ? type.sql() + " GENERATED ALWAYS AS (" + type.least() + ") STORED"
        : type.sql() + " AS (" + type.least() + ")" + (one(2) ? " STORED" : " VIRTUAL");
  }

  private String identity(RandomType type) {
    return postgres
        ? type.sql() + " GENERATED " + (one(2) ? "ALWAYS" : "BY DEFAULT") + " AS IDENTITY"
        : type.sql() + " AUTO_INCREMENT PRIMARY KEY";
  }

  /** The statements of one change. */
  List<String> change() {
    String t = "t" + random.nextInt(tables);
    String c = "c" + random.nextInt(columns);
    RandomType type = near(created.get(t + "." + c));
    String alter = "ALTER TABLE " + t + " ";
    return switch (random.nextInt(20)) {
      case 0 -> List.of("DROP TABLE " + t + (postgres ? " CASCADE" : ""));
      case 1 -> List.of(alter + "RENAME TO " + t + "_x");
      case 2 -> List.of(alter + "DROP COLUMN " + c + (postgres ? " CASCADE" : ""));
      case 3 -> List.of(alter + "RENAME COLUMN " + c + " TO " + c + "_x");
      case 4, 5, 6 -> retype(alter, c, type);
      case 7 -> List.of(required(alter, c, type, true));
      case 8 -> List.of(required(alter, c, type, false));
      // A nullable column of MySQL that has lost its default cannot be told from others.
      case 9 ->
          List.of(alter + "ALTER COLUMN " + c + (postgres ? " DROP DEFAULT" : " SET DEFAULT NULL"));
      case 10 -> List.of(alter + "ADD COLUMN c9 " + definition(type));
      case 11 -> List.of(dropIndex(t + "_" + c, t), dropIndex(t + "_pair", t));
      case 12, 18 -> index(t, c);
      case 13 ->
          List.of(alter + "DROP COLUMN " + c, alter + "ADD COLUMN " + c + " " + generated(type));
      case 14, 17 ->
          postgres ? postgresOnly(t, c) : List.of(alter + "MODIFY " + c + " " + type.sql());
      default -> view(t, c);
    };
  }

  private List<String> retype(String alter, String c, RandomType type) {
    return postgres
        ? List.of(
            alter + "ALTER COLUMN " + c + " DROP DEFAULT",
            alter + "ALTER COLUMN " + c + " TYPE " + type.sql() + " USING NULL")
        : List.of(alter + "MODIFY " + c + " " + definition(type));
  }

  private String required(String alter, String c, RandomType type, boolean required) {
    return postgres
        ? alter + "ALTER COLUMN " + c + (required ? " SET" : " DROP") + " NOT NULL"
        : alter + "MODIFY " + c + " " + type.sql() + (required ? " NOT NULL" : " NULL");
  }

  private String dropIndex(String index, String t) {
    return "DROP INDEX " + index + (postgres ? "" : " ON " + t);
  }

  /** Another index of the same name, which may not be the key that the old one was. */
  private List<String> index(String t, String c) {
    String name = t + "_" + c;
    List<String> all = new ArrayList<>(List.of(dropIndex(name, t)));
    String on = " ON " + t + " (";
    if (!postgres) {
      String unique = one(2) ? "CREATE UNIQUE INDEX " : "CREATE INDEX ";
      all.add(unique + name + on + c + (one(2) ? ", c0)" : one(2) ? "(2))" : ")"));
      return all;
    }
    all.add(
        switch (random.nextInt(6)) {
          case 0 -> "CREATE INDEX " + name + on + c + ")";
          case 1 -> "CREATE UNIQUE INDEX " + name + on + c + ") WHERE " + c + " IS NOT NULL";
          case 2 -> "CREATE UNIQUE INDEX " + name + on + "coalesce(" + c + ", NULL))";
          case 3 ->
              "ALTER TABLE " + t + " ADD CONSTRAINT " + name + " UNIQUE (" + c + ") DEFERRABLE";
          case 4 -> "CREATE UNIQUE INDEX " + name + on + c + ") INCLUDE (c0)";
          default -> "CREATE UNIQUE INDEX " + name + on + c + ") NULLS NOT DISTINCT";
        });
    return all;
  }

  private List<String> postgresOnly(String t, String c) {
    String alter = "ALTER TABLE " + t + " ";
    return switch (random.nextInt(10)) {
      case 0 -> List.of("ALTER TYPE state ADD VALUE 'more' BEFORE 'last'");
      case 1, 8, 9 -> List.of("ALTER TYPE state RENAME VALUE 'last' TO 'end'");
      case 2 ->
          List.of("ALTER DOMAIN short_text SET NOT NULL", "ALTER DOMAIN short_text DROP DEFAULT");
      case 3 ->
          List.of(
              alter + "ALTER COLUMN " + c + " DROP DEFAULT",
              alter + "ALTER COLUMN " + c + " SET NOT NULL",
              alter + "ALTER COLUMN " + c + " ADD GENERATED ALWAYS AS IDENTITY");
      case 4 -> List.of(alter + "ALTER COLUMN " + c + " DROP EXPRESSION");
      case 5 ->
          List.of(
              alter + "RENAME TO " + t + "_p",
              "CREATE TABLE "
                  + t
                  + " (LIKE "
                  + t
                  + "_p INCLUDING ALL) PARTITION BY LIST ("
                  + c
                  + ")",
              "CREATE TABLE " + t + "_rest PARTITION OF " + t + " DEFAULT");
      case 6 ->
          List.of(
              alter + "RENAME TO " + t + "_p", "CREATE TABLE " + t + " () INHERITS (" + t + "_p)");
      default -> List.of("CREATE TABLE " + t + "_child () INHERITS (" + t + ")");
    };
  }

  /** A view that takes the table's place. */
  private List<String> view(String t, String c) {
    List<String> named = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      named.add("c" + i);
    }
    String base = t + "_b";
    String all = String.join(", ", named);
    String create = "CREATE VIEW " + t + " AS SELECT ";
    List<String> statements = new ArrayList<>(List.of("ALTER TABLE " + t + " RENAME TO " + base));
    switch (random.nextInt(postgres ? 9 : 5)) {
      case 0 -> statements.add(create + all + " FROM " + base);
      case 1 -> statements.add(create + all + ", 1 AS more FROM " + base);
      case 2 -> statements.add(create + "DISTINCT " + all + " FROM " + base);
      case 3 -> {
        named.set(named.indexOf(c), "coalesce(" + c + ", NULL) AS " + c);
        statements.add(create + String.join(", ", named) + " FROM " + base);
      }
      case 4 -> {
        named.set(named.indexOf(c), c + "_y AS " + c);
        statements.add("ALTER TABLE " + base + " RENAME COLUMN " + c + " TO " + c + "_y");
        statements.add(create + String.join(", ", named) + " FROM " + base);
      }
      case 5 -> statements.add("CREATE MATERIALIZED VIEW " + t + " AS SELECT * FROM " + base);
      case 6 -> {
        statements.add(create + all + " FROM " + base);
        statements.add("ALTER TABLE " + base + " ADD COLUMN c8 integer NOT NULL");
      }
      case 7 -> {
        statements.add("CREATE VIEW " + t + "_v AS SELECT * FROM " + base);
        statements.add(create + all + " FROM " + t + "_v");
      }
      default -> statements.add(create + all + " FROM " + base + " LIMIT 5");
    }
    return statements;
  }

  /** A type like the one of a column, because most other ones do not fit anyway. */
  private RandomType near(RandomType type) {
    int index = types.indexOf(type) + random.nextInt(7) - 3;
    return one(5) ? any(types) : types.get(Math.max(0, Math.min(types.size() - 1, index)));
  }

  private <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private boolean one(int in) {
    return random.nextInt(in) == 0;
  }
}
