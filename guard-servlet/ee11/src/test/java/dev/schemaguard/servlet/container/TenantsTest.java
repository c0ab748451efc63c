// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.TenantSchemas;
import dev.schemaguard.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A web application with a schema for each customer, of whom one is behind. */
@ParameterizedClass
@EnumSource(Container.class)
class TenantsTest {

  private static final String QUERY = "SELECT name FROM tenant";

  private static TestDatabase database;
  @Parameter Container container;
  @TempDir Path folder;

  @BeforeAll
  static void makeTenants() throws SQLException {
    database =
        TenantSchemas.in(H2.database())
            .with("tenant_anna", "tenant_ben")
            .behind("tenant_ben", 1)
            .database();
    database.execute(
        "CREATE TABLE tenant (name VARCHAR(20))",
        "INSERT INTO tenant VALUES ('tenant_anna'), ('tenant_ben')");
  }

  private WebApp app() {
    return WebApp.statewave(folder)
        .with("schema-guard.application-version", "0.6.1")
        .pages()
        .guarded(database);
  }

  @ParameterizedTest
  @CsvSource({"schemas, 'tenant_anna, tenant_b%'", "schemas-from, " + QUERY})
  void areCountedAndNamedWhereDetailsAreOn(String setting, String value) {
    try (RunningApp app =
        app()
            .with("schema-guard." + setting, value)
            .with("schema-guard.details", "true")
            .in(container)) {
      assertThat(app.get("/ops/migrations").body())
          .startsWith("{\n  \"tenants\": 2,\n")
          .contains("\"BEHIND\": 1", "\"UP_TO_DATE\": 1", "\"tenant\": \"tenant_ben\"");
      assertThat(app.get("/ops/migrations?format=html").body())
          .contains("<th scope=\"row\">tenant_ben</th>");
      assertThat(app.get("/readyz").body()).contains("\"ready\"", "1 of 2 tenants", "tenant_ben");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ops/migrations", "/ops/migrations?format=html", "/readyz"})
  void areCountedAndNotNamedOtherwise(String page) {
    try (RunningApp app = app().with("schema-guard.schemas", "tenant%").in(container)) {
      assertThat(app.get(page).body()).contains("BEHIND").doesNotContain("tenant_ben");
    }
  }
}
