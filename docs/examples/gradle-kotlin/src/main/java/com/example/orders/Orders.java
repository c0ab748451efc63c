// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.schemaguard.SchemaGuard;
import dev.schemaguard.connections.ConnectionTag;
import dev.schemaguard.policy.IncompatibleSchemaException;
import dev.schemaguard.policy.Mode;
import org.flywaydb.core.Flyway;

/** Starts only on a schema that fits. {@code migrate} as the first argument migrates instead. */
public final class Orders {

  private static final String VERSION = "1.0.0";

  private Orders() {}

  public static void main(String[] arguments) {
    String url = System.getenv().getOrDefault("ORDERS_URL", "jdbc:h2:./orders");
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    // On PostgreSQL, MariaDB and MySQL, operators then see which versions are connected.
    ConnectionTag.of("orders", VERSION).properties(url).forEach(config::addDataSourceProperty);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      if (arguments.length > 0 && arguments[0].equals("migrate")) {
        Flyway.configure().dataSource(pool).load().migrate();
        return;
      }
      run(pool);
    } catch (IncompatibleSchemaException refused) {
      System.err.println(refused.text());
      System.exit(1);
    }
  }

  private static void run(HikariDataSource pool) {
    try (SchemaGuard guard =
        SchemaGuard.builder(pool).applicationVersion(VERSION).mode(Mode.STRICT).build()) {
      // Before anything else uses the database.
      guard.enforce();
      System.out.println("orders " + VERSION + " runs: " + guard.status().summary());
    }
  }
}
