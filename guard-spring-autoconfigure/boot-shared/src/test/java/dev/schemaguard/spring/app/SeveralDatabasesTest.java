// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuards;
import dev.schemaguard.policy.Mode;
import dev.schemaguard.spring.SchemaGuardStartupException;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** An application with two databases, each with a matrix, a mode and a part in what is shown. */
class SeveralDatabasesTest {

  private static final String[] TWO = {
    "schema-guard.mode=strict",
    "schema-guard.guards.main.data-source=dataSource",
    "schema-guard.guards.shop.data-source=shopDataSource",
    "schema-guard.guards.shop.matrix=classpath:shop/liquibase-new/compatibility.md",
    "schema-guard.guards.shop.health=false",
    "schema-guard.guards.shop.endpoint=false"
  };

  private static ApplicationContextRunner contexts(TestDatabase main, TestDatabase shop) {
    return Contexts.with(main)
        .withBean("shopDataSource", DataSource.class, shop::dataSource)
        .withPropertyValues(TWO);
  }

  private static TestDatabase statewave(int revisions) {
    TestDatabase database = H2.database();
    Statewave.update(database.dataSource(), revisions);
    return database;
  }

  @Test
  void eachIsJudgedByItsOwnMatrixAndInItsOwnMode() {
    contexts(statewave(12), H2.database())
        .withPropertyValues("schema-guard.guards.shop.mode=warn")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              Map<String, SchemaGuard> guards = context.getBean(SchemaGuards.class).byName();
              assertThat(guards.keySet()).containsExactly("main", "shop");
              assertThat(guards.get("main").mode()).isEqualTo(Mode.STRICT);
              assertThat(guards.get("shop").mode()).isEqualTo(Mode.WARN);
              assertThat(guards.get("main").status().verdict()).isEqualTo(Verdict.UP_TO_DATE);
              assertThat(guards.get("shop").status().verdict()).isEqualTo(Verdict.UNINITIALIZED);
              assertThat(guards.get("shop").application()).contains("shop");
            });
  }

  @Test
  void everyRefusalIsReported() {
    contexts(statewave(11), H2.database())
        .run(
            context -> {
              SchemaGuardStartupException refusal =
                  Contexts.refusal(context.getStartupFailure());
              assertThat(refusal.description())
                  .contains("statewave, database main   [GUARD-BEHIND]");
              assertThat(refusal.getCause().getSuppressed()[0])
                  .hasMessageContaining("shop, database shop   [GUARD-UNINITIALIZED]");
            });
  }
}
