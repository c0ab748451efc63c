// SPDX-License-Identifier: Apache-2.0
package statewave;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** An initialiser as Spring Boot's guide shows it: it uses the JdbcTemplate that is injected. */
@Component
class TemplateInitializer {

  TemplateInitializer(JdbcTemplate jdbc) {
    jdbc.queryForList("select health_state from health_cache");
  }
}
