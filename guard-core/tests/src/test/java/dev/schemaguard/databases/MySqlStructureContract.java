// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract where a schema is a database: MySQL and MariaDB. */
abstract class MySqlStructureContract extends StructureContract {

  MySqlStructureContract(String dbms) {
    super(dbms);
  }

  @Override
  String schema() {
    return null;
  }

  @Override
  List<String> statements(Change change) {
    return switch (change) {
      case RENAME_COLUMN -> List.of("ALTER TABLE orders CHANGE COLUMN note remark varchar(100)");
      case DROP_KEY -> List.of("ALTER TABLE orders DROP INDEX orders_code");
      case WIDEN -> List.of("ALTER TABLE orders MODIFY quantity bigint");
      case WIDEN_TEXT -> List.of("ALTER TABLE orders MODIFY code varchar(50) NOT NULL");
      case NARROW -> List.of("ALTER TABLE orders MODIFY code varchar(20) NOT NULL");
      case BECOMES_REQUIRED -> List.of("ALTER TABLE orders MODIFY note varchar(100) NOT NULL");
      case BECOMES_OPTIONAL -> List.of("ALTER TABLE orders MODIFY code varchar(40)");
      default -> super.statements(change);
    };
  }

  @Override
  List<String> richTables() {
    return List.of(
        "CREATE TABLE parts (id bigint AUTO_INCREMENT PRIMARY KEY, code varchar(40) NOT NULL"
            + " UNIQUE, fixed char(5), price numeric(10,2) DEFAULT 0 NOT NULL,"
            + " positive decimal unsigned, truth boolean NOT NULL DEFAULT true,"
            + " tiny1 tinyint(1) unsigned, tiny tinyint, padded int(5) zerofill, n int,"
            + " natural_number int unsigned, medium mediumint(4), y year,"
            + " kind enum('a','it''s(x)') NOT NULL, some set('x','y'),"
            + " computed int AS (n + 1) VIRTUAL, kept int AS (n + 2) STORED, made timestamp NULL,"
            + " made3 timestamp(3) NULL, at6 datetime(6), time1 time, born date, bytes blob,"
            + " text1 text, text2 longtext, raw varbinary(20), raw4 binary(4), single float,"
            + " single2 float(7,2), twice double, bits bit(3), place point,"
            + " word varchar(10) NOT NULL DEFAULT 'NULL', nothing varchar(9) DEFAULT NULL,"
            + " `odd name` int, UNIQUE (code, fixed), UNIQUE KEY prefix (text1(10)))",
        "CREATE UNIQUE INDEX parts_price ON parts (price, `odd name`)",
        "CREATE INDEX parts_day ON parts (born)",
        "CREATE VIEW cheap AS SELECT id, code, price + 1 AS more FROM parts WHERE price < 1",
        "CREATE TEMPORARY TABLE scratch (id int)");
  }

  @Test
  void theLetterCaseOfColumnsMakesNoDifference() throws SQLException {
    create(List.of("CREATE TABLE parts (id int UNIQUE, code text)"));
    var file = file();
    current().execute("DROP TABLE parts", "CREATE TABLE parts (ID int UNIQUE, Code text)");

    assertThat(compare(file)).isEmpty();
  }

  @Test
  void anEnumThatIsNotNullHasADefault() throws SQLException {
    create(List.of("CREATE TABLE parts (id int)"));
    var file = file();
    current().execute("ALTER TABLE parts ADD COLUMN kind enum('a', 'b') NOT NULL");
    assertThat(compare(file)).isEmpty();
    current().execute("INSERT INTO parts (id) VALUES (1)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT ON `%s`.parts",
        "SELECT (id), INSERT (id) ON `%s`.parts",
        "DELETE, EXECUTE ON `%s`.*"
      })
  void privilegesOnTablesOrColumnsDoNotProveThatAnythingIsMissing(String grant)
      throws SQLException {
    create(List.of("CREATE TABLE parts (id int, code int)", "CREATE TABLE hidden (id int)"));

    assertThat(isComplete(userWith(grant))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SELECT ON `%s`.*", "INSERT ON *.*", "SELECT ON `te%%`.*"})
  void privilegesOnTheDatabaseProveThatSomethingIsMissing(String grant) throws SQLException {
    create(List.of("CREATE TABLE parts (id int, code int)", "CREATE TABLE other (id int)"));
    DataSource user = userWith(grant);

    assertThat(structure(user, null).tables()).hasSize(2);
    assertThat(isComplete(user)).isTrue();
  }

  @Test
  void privilegesOfARoleAreNotShownSoTheyProveNothing() throws SQLException {
    create(List.of("CREATE TABLE parts (id int)"));
    String name = databaseName();
    current().execute("CREATE ROLE `r-" + name + "`", "GRANT SELECT ON *.* TO `r-" + name + "`");
    DataSource user = userWith("EXECUTE ON `%s`.*");
    current().execute("GRANT `r-" + name + "` TO `u@" + name + "`@`%`");

    assertThat(isComplete(user)).isFalse();
  }

  private DataSource userWith(String grant) throws SQLException {
    String user = "u@" + databaseName();
    current()
        .execute(
            "CREATE USER `" + user + "`@`%` IDENTIFIED BY 'reader'",
            "GRANT " + grant.formatted(databaseName()) + " TO `" + user + "`@`%`");
    return current().as(user, "reader");
  }

  private String databaseName() {
    return current().url().replaceFirst("\\?.*", "").replaceFirst(".*/", "");
  }
}
