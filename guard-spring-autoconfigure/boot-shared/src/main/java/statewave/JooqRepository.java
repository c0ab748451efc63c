// SPDX-License-Identifier: Apache-2.0
package statewave;

import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** What an application does with jOOQ. */
@Component
class JooqRepository {

  JooqRepository(DSLContext jooq) {
    jooq.fetch("select health_state from health_cache");
  }
}
