// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.servlet.SchemaGuardListener;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.jul.JDK14LoggerAdapter;

/** A war with the jars, the guide's web.xml and the two files, and a DataSource in JNDI. */
@ParameterizedClass
@EnumSource(Container.class)
class WarTest {

  @Parameter Container container;
  @TempDir Path folder;
  private final TestDatabase database = H2.database();

  @Test
  void worksOnItsSchema() throws Exception {
    Statewave.update(database.dataSource(), 12);
    try (RunningApp app = container.start(war(), resource())) {
      assertThat(app.isAvailable().getAsBoolean()).isTrue();
      HttpResponse<String> status = app.get("/ops/migrations");
      assertThat(status.statusCode()).isEqualTo(200);
      assertThat(status.body())
          .contains("\"verdict\": \"UP_TO_DATE\"", "\"app_version\": \"0.6.1\"");
      assertThat(app.get("/ops/migrations", "Accept", "text/html").body()).contains("<html");
      assertThat(app.get("/readyz").statusCode()).isEqualTo(200);
      assertThat(app.get("/healthz").statusCode()).isEqualTo(200);
      assertThat(app.get("/version").body()).contains("\"matrix_row\": \"0.6.1\"");
    }
  }

  @Test
  void isRefusedOnAnother() throws Exception {
    Statewave.update(database.dataSource(), 11);
    try (RunningApp app = container.start(war(), resource())) {
      assertThat(app.isAvailable().getAsBoolean()).isFalse();
    }
  }

  @Test
  void withoutALoggingProviderTheContainersLogHasTheProblem() throws Exception {
    Statewave.update(database.dataSource(), 9);
    String xml = Guide.example("xml", "<web-app").replace("strict", "warn");
    try (EveryLog log = new EveryLog();
        RunningApp app = container.start(war(xml, Logger.class), resource())) {
      assertThat(app.isAvailable().getAsBoolean()).isTrue();
      assertThat(log.text())
          .containsOnlyOnce("[GUARD-BEHIND]")
          .contains("do now    run this release's migrations on this database");
    }
  }

  private JdbcDataSource resource() {
    JdbcDataSource resource = new JdbcDataSource();
    resource.setURL(database.url());
    resource.setUser(database.user());
    resource.setPassword(database.password());
    return resource;
  }

  private Path war() throws IOException {
    return war(Guide.example("xml", "<web-app"), Logger.class, JDK14LoggerAdapter.class);
  }

  /**
   * A war with these jars beside the guard's own.
   *
   * @param logging a class of each
   */
  private Path war(String xml, Class<?>... logging) throws IOException {
    Path war = folder.resolve("statewave.war");
    try (OutputStream file = Files.newOutputStream(war);
        JarOutputStream zip = new JarOutputStream(file)) {
      add(zip, "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nImplementation-Version: 0.6.1\n");
      add(zip, "WEB-INF/web.xml", xml);
      for (String name : List.of("compatibility.md", "revisions.txt")) {
        add(zip, "WEB-INF/classes/schema-guard/" + name, WebApp.resource(name));
      }
      List<Class<?>> types = new ArrayList<>(List.of(logging));
      types.add(SchemaGuard.class);
      types.add(SchemaGuardListener.class);
      for (Class<?> type : types) {
        Path jar = Jars.of(type, folder);
        add(zip, "WEB-INF/lib/" + type.getSimpleName() + ".jar", Files.readAllBytes(jar));
      }
    }
    return war;
  }

  private static void add(JarOutputStream zip, String name, String text) throws IOException {
    add(zip, name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void add(JarOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new JarEntry(name));
    zip.write(content);
    zip.closeEntry();
  }
}
