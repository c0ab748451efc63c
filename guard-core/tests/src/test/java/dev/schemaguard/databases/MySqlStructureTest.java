// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.MySql;
import dev.schemaguard.testing.RequiresMySql;
import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

@RequiresMySql
class MySqlStructureTest extends MySqlStructureContract {

  MySqlStructureTest() {
    super("mysql");
  }

  @Override
  TestDatabase database() {
    return MySql.database();
  }

  @Override
  String meaning(Change change) {
    return change == Change.VIEW_OF_EXPRESSION ? "changed table orders" : super.meaning(change);
  }

  @Test
  void aKeyOfAnExpressionIsNone() throws SQLException {
    create(List.of("CREATE TABLE parts (id int, code int, UNIQUE KEY k ((id + 1), code))"));

    assertThat(file().tables().get(0).keys()).isEmpty();
  }
}
