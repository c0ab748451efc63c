// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.schemaguard.SchemaGuard;
import dev.schemaguard.connections.ConnectionTag;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.policy.IncompatibleSchemaException;
import dev.schemaguard.policy.Mode;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.tenants.Tenants;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import org.flywaydb.core.Flyway;

/**
 * Serves the tenants whose schemas fit, each at {@code /NAME}. With {@code migrate NAME…} as
 * arguments, creates and migrates the schemas of these tenants instead.
 */
public final class Orders {

  private static final String VERSION = "1.0.0";

  private Orders() {}

  public static void main(String[] arguments) throws IOException, SQLException {
    HikariDataSource pool = pool();
    try {
      if (arguments.length > 0 && arguments[0].equals("migrate")) {
        List.of(arguments).subList(1, arguments.length).forEach(tenant -> migrate(pool, tenant));
        pool.close();
        return;
      }
      serve(pool);
    } catch (ConfigurationException wrong) {
      fail(wrong.text(), 2);
    } catch (IncompatibleSchemaException refused) {
      fail(refused.text(), 1);
    }
  }

  private static HikariDataSource pool() {
    String url = setting("ORDERS_URL", "jdbc:h2:./orders;AUTO_SERVER=TRUE");
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(setting("ORDERS_USER", "sa"));
    config.setPassword(setting("ORDERS_PASSWORD", ""));
    // On PostgreSQL, MariaDB and MySQL, operators then see which versions are connected.
    ConnectionTag.of("orders", VERSION).properties(url).forEach(config::addDataSourceProperty);
    return new HikariDataSource(config);
  }

  private static void migrate(HikariDataSource pool, String tenant) {
    Flyway.configure().dataSource(pool).schemas(TenantSchemas.of(tenant)).load().migrate();
    System.out.println("migrated " + tenant);
  }

  private static void serve(HikariDataSource pool) throws IOException, SQLException {
    SchemaGuard guard =
        SchemaGuard.builder(pool)
            .applicationVersion(VERSION)
            .tenants(Tenants.schemas(TenantSchemas.PATTERN))
            // A tenant that is behind must not stop the others: the gate refuses its requests only.
            .mode(Mode.WARN)
            // Short, so that you see a migration soon. The default is 30 seconds.
            .refreshInterval(Duration.ofSeconds(2))
            .build();
    TenantSchemas schemas = new TenantSchemas(pool);
    TenantGate gate = new TenantGate(guard, schemas.existing());
    // Before requests use the database. It logs the tenants that are not compatible.
    MigrationStatus status = guard.enforce();
    if (status.tenants() == null || !status.tenants().isAnyCompatible()) {
      fail("no tenant can be served: " + status.summary(), 1);
    }
    int port = Integer.parseInt(setting("ORDERS_PORT", "8080"));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", new OrdersHandler(pool, schemas, gate));
    server.setExecutor(Executors.newFixedThreadPool(8));
    server.start();
    System.out.println(
        "orders "
            + VERSION
            + " listens on port "
            + server.getAddress().getPort()
            + ": "
            + status.summary());
  }

  private static String setting(String name, String otherwise) {
    return System.getenv().getOrDefault(name, otherwise);
  }

  private static void fail(String text, int exitCode) {
    System.err.println(text);
    System.exit(exitCode);
  }
}
