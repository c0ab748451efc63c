// SPDX-License-Identifier: Apache-2.0
package statewave;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/** An initialiser that uses the DataSource itself, of which Spring Boot knows nothing; the first bean. */
@Component
class AaaRawInitializer {

  AaaRawInitializer(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.createStatement().executeQuery("select health_state from health_cache").close();
    }
  }
}
